// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Looks up every class, method and field that the plugin's jar mentions in the jars of other versions of Solr, as the JVM
 * would when it links them; and every abstract method that its classes would have to have.
 *
 * <pre>java -cp asm.jar:CLASSES LinkCheck PLUGIN.jar DIRECTORY_OF_A_VERSION...</pre>
 *
 * Exit code 1 if anything is missing. Of what comes from elsewhere (the JDK, ONNX Runtime, DJL) nothing is checked.
 */
public final class LinkCheck {

  private static final List<String> CHECKED =
      List.of("org/apache/solr/", "org/apache/lucene/", "com/github/benmanes/caffeine/", "org/slf4j/");

  /** Made for Solr 9 only; elsewhere the plugin takes its LinkageError for an answer. */
  private static final String SOLR_NINE_ONLY = "io/crossencoder/solr/metrics/SolrNineMetrics";

  /** A member that is mentioned. Methods by name and descriptor, fields by name, a colon and descriptor. */
  private record Reference(String owner, String member, boolean inInterface) {}

  private final DeclaredClasses classes;

  private LinkCheck(DeclaredClasses classes) {
    this.classes = classes;
  }

  public static void main(String[] args) throws IOException {
    List<ClassReader> plugin = DeclaredClasses.read(Path.of(args[0]));
    boolean failed = false;
    System.out.printf(Locale.ROOT, "%-10s %-10s %10s %8s%n", "Solr", "Lucene", "references", "missing");
    List<String> details = new ArrayList<>();
    for (Path version : Arrays.stream(args).skip(1).map(Path::of).toList()) {
      LinkCheck check = new LinkCheck(new DeclaredClasses(version, plugin));
      Set<Object> references = new LinkedHashSet<>();
      Set<String> missing = new TreeSet<>();
      for (ClassReader reader : plugin) {
        if (reader.getClassName().startsWith(SOLR_NINE_ONLY) && !version.getFileName().toString().startsWith("9.")) {
          continue;
        }
        check.references(reader, references, missing);
        check.inheritance(reader.getClassName(), missing);
      }
      System.out.printf(
          Locale.ROOT, "%-10s %-10s %10d %8d%n", version.getFileName(), lucene(version), references.size(), missing.size());
      missing.forEach(each -> details.add(version.getFileName() + ": " + each));
      failed |= !missing.isEmpty() || references.isEmpty();
    }
    details.forEach(System.out::println);
    System.exit(failed ? 1 : 0);
  }

  private static String lucene(Path version) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(version, "lucene-core-*.jar")) {
      return jars.iterator().next().getFileName().toString().replaceAll("lucene-core-|\\.jar", "");
    }
  }

  /** All that is in the constant pools: what bytecode, method handles and descriptors name. */
  private void references(ClassReader reader, Set<Object> found, Set<String> missing) {
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      int offset = reader.getItem(i);
      if (offset == 0) {
        continue;
      }
      int tag = reader.readByte(offset - 1);
      if (tag == 7) {
        type(Type.getObjectType(reader.readUTF8(offset, buffer)), reader, found, missing);
      } else if (tag == 9 || tag == 10 || tag == 11) {
        int nameAndType = reader.getItem(reader.readUnsignedShort(offset + 2));
        String descriptor = reader.readUTF8(nameAndType + 2, buffer);
        String name = reader.readUTF8(nameAndType, buffer);
        Reference reference =
            new Reference(
                reader.readClass(offset, buffer), tag == 9 ? name + ":" + descriptor : name + descriptor, tag == 11);
        if (CHECKED.stream().anyMatch(reference.owner()::startsWith) && found.add(reference)) {
          member(reference, reader.getClassName()).ifPresent(missing::add);
        } else if (reference.owner().startsWith("io/crossencoder/") && !isDeclared(reference)) {
          // Inherited from Solr or Lucene: looked up there, too.
          if (found.add(reference)) {
            member(reference, reader.getClassName()).ifPresent(missing::add);
          }
        }
      } else if (tag == 12) {
        String descriptor = reader.readUTF8(offset + 2, buffer);
        if (descriptor.startsWith("(")) {
          for (Type argument : Type.getArgumentTypes(descriptor)) {
            type(argument, reader, found, missing);
          }
          type(Type.getReturnType(descriptor), reader, found, missing);
        } else {
          type(Type.getType(descriptor), reader, found, missing);
        }
      }
    }
  }

  private boolean isDeclared(Reference reference) {
    DeclaredClasses.Declared owner = classes.get(reference.owner());
    return owner != null && owner.members().containsKey(reference.member());
  }

  private void type(Type type, ClassReader from, Set<Object> found, Set<String> missing) {
    String name = (type.getSort() == Type.ARRAY ? type.getElementType() : type).getInternalName();
    if (CHECKED.stream().anyMatch(name::startsWith) && found.add(name) && classes.get(name) == null) {
      missing.add("class " + name + " (in " + from.getClassName() + ")");
    }
  }

  private Optional<String> member(Reference reference, String from) {
    DeclaredClasses.Declared owner = classes.get(reference.owner());
    String what = reference.owner() + "." + reference.member() + " (in " + from + ")";
    if (owner == null) {
      return Optional.of("class of " + what);
    }
    if (!reference.member().contains(":") && owner.is(Opcodes.ACC_INTERFACE) != reference.inInterface()) {
      return Optional.of(what + " changed between class and interface");
    }
    for (DeclaredClasses.Declared each : classes.hierarchy(owner)) {
      Integer access = each.members().get(reference.member());
      if (access != null) {
        boolean visible =
            (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0 || each.name().startsWith("io/crossencoder/");
        return visible ? Optional.empty() : Optional.of(what + " is not visible");
      }
    }
    return Optional.of(what);
  }

  /** What a concrete class inherits and does not implement; what it overrides and may not. */
  private void inheritance(String name, Set<String> missing) {
    DeclaredClasses.Declared own = classes.get(name);
    Set<String> implemented = new HashSet<>();
    Set<String> wanted = new LinkedHashSet<>();
    for (DeclaredClasses.Declared each : classes.hierarchy(own)) {
      if (each != own && each.is(Opcodes.ACC_FINAL) && each.name().equals(own.parent())) {
        missing.add(name + " extends " + each.name() + ", which is final");
      }
      if (each != own && each.sealed() && !each.name().startsWith("io/crossencoder/")
          && !each.name().startsWith("java/") && isDirect(own, each)) {
        missing.add(name + " extends " + each.name() + ", which is sealed");
      }
      each.members()
          .forEach(
              (member, access) -> {
                boolean isAbstract = (access & Opcodes.ACC_ABSTRACT) != 0;
                if (member.contains(":") || (access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) != 0) {
                  return;
                }
                if (isAbstract) {
                  wanted.add(member + " of " + each.name());
                } else {
                  implemented.add(member);
                }
                if (each != own && (access & Opcodes.ACC_FINAL) != 0 && own.members().containsKey(member)
                    && !member.startsWith("<")) {
                  missing.add(name + " overrides " + member + " of " + each.name() + ", which is final");
                }
              });
    }
    if (!own.is(Opcodes.ACC_ABSTRACT)) {
      for (String each : wanted) {
        if (!implemented.contains(each.substring(0, each.indexOf(" of ")))) {
          missing.add(name + " does not implement " + each);
        }
      }
    }
  }

  private static boolean isDirect(DeclaredClasses.Declared own, DeclaredClasses.Declared parent) {
    return own.parent().equals(parent.name()) || own.interfaces().contains(parent.name());
  }
}
