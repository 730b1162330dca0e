// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The classes of one version's jars, of the plugin, and of the JDK as far as they are asked for. */
final class DeclaredClasses {

  /** What a class says of itself. */
  record Declared(
      String name, int access, String parent, List<String> interfaces, Map<String, Integer> members, boolean sealed) {

    boolean is(int flag) {
      return (access & flag) != 0;
    }
  }

  private final Map<String, Declared> classes = new HashMap<>();

  DeclaredClasses(Path directory, List<ClassReader> plugin) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
      for (Path jar : jars) {
        for (ClassReader reader : read(jar)) {
          classes.putIfAbsent(reader.getClassName(), declared(reader));
        }
      }
    }
    plugin.forEach(reader -> classes.put(reader.getClassName(), declared(reader)));
  }

  /** The class of this name in one of the jars; null if there is none. */
  Declared get(String name) {
    return classes.get(name);
  }

  /** The class, its superclasses, then their interfaces: the order of the JVM. */
  Set<Declared> hierarchy(Declared declared) {
    Set<Declared> all = new LinkedHashSet<>();
    for (Declared each = declared; each != null; each = each.parent() == null ? null : find(each.parent())) {
      all.add(each);
    }
    for (Declared each : List.copyOf(all)) {
      addInterfaces(each, all);
    }
    return all;
  }

  private void addInterfaces(Declared declared, Set<Declared> all) {
    for (String name : declared.interfaces()) {
      Declared each = find(name);
      if (each != null && all.add(each)) {
        addInterfaces(each, all);
      }
    }
  }

  private Declared find(String name) {
    return classes.computeIfAbsent(
        name,
        unknown -> {
          // The JDK's. Others (servlets, metrics) are in no jar that was fetched, and hide nothing that we call.
          try (InputStream in = ClassLoader.getSystemResourceAsStream(unknown + ".class")) {
            return in == null ? null : declared(new ClassReader(in));
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  private static Declared declared(ClassReader reader) {
    Map<String, Integer> members = new HashMap<>();
    boolean[] sealed = new boolean[1];
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
            members.put(name + descriptor, access);
            return null;
          }

          @Override
          public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            members.put(name + ":" + descriptor, access);
            return null;
          }

          @Override
          public void visitPermittedSubclass(String permitted) {
            sealed[0] = true;
          }
        },
        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return new Declared(
        reader.getClassName(), reader.getAccess(), reader.getSuperName(), List.of(reader.getInterfaces()), members, sealed[0]);
  }

  static List<ClassReader> read(Path jar) throws IOException {
    List<ClassReader> readers = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")
            && !entry.getName().endsWith("-info.class")) {
          readers.add(new ClassReader(file.getInputStream(entry)));
        }
      }
    }
    return readers;
  }
}
