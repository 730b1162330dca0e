"""Creates small tokenizers with the tokenizer.json layout of each model family."""

from __future__ import annotations

import io
import tempfile
from collections import Counter
from pathlib import Path

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers
from tokenizers import pre_tokenizers, processors, trainers

from texts import TRAINING

# A part of SentencePiece's NFKC table, with a few characters of each kind.
NORMALIZATION = (
    {chr(code): " " for code in (0x09, 0x0A, 0x0D, 0xA0, 0x200B, 0x3000, 0xFEFF)}
    | {chr(code): "" for code in (*range(1, 9), 0x1B, 0x7F)}
    | {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}
    | {"ﬁ": "fi", "ﬂ": "fl", "①": "1", "Ⅻ": "XII", "½": "1⁄2", "™": "TM", "e\u0301": "é"}
    | {"\ufdfa": "صلى الله عليه وسلم"}
)


def word_pieces() -> Tokenizer:
    normalizer = normalizers.BertNormalizer(lowercase=True)
    splitter = pre_tokenizers.BertPreTokenizer()
    words = Counter(
        word
        for line in TRAINING
        for word, _ in splitter.pre_tokenize_str(normalizer.normalize_str(line))
    )
    letters = sorted(set("".join(words)))
    # The vocabulary is built here, because the vocabulary of the trainer differs between runs.
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]
    vocabulary += [f"##{letter}" for letter in letters if letter.isalnum()]
    vocabulary += sorted(word for word, count in words.items() if len(word) > 1 and count > 1)
    ids = {piece: number for number, piece in enumerate(dict.fromkeys(vocabulary))}
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token="[UNK]"))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = splitter
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.add_special_tokens(vocabulary[:5])
    return with_template(tokenizer, "[CLS]", "[SEP]")


def roberta_bytes() -> Tokenizer:
    specials = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    tokenizer = byte_pairs(specials)
    tokenizer.post_processor = processors.RobertaProcessing(
        ("</s>", tokenizer.token_to_id("</s>")),
        ("<s>", tokenizer.token_to_id("<s>")),
        trim_offsets=True,
        add_prefix_space=False,
    )
    return tokenizer


def modern_bytes() -> Tokenizer:
    tokenizer = byte_pairs([])
    tokenizer.normalizer = normalizers.NFC()
    # Sequences of spaces are tokens, and the special tokens come last.
    tokenizer.add_tokens([AddedToken(" " * n, normalized=True) for n in (4, 3, 2)])
    tokenizer.add_special_tokens(["[UNK]", "[CLS]", "[SEP]", "[PAD]"])
    tokenizer.add_special_tokens([AddedToken("[MASK]", lstrip=True)])
    return with_template(tokenizer, "[CLS]", "[SEP]")


def byte_pairs(specials: list[str]) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=specials,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(TRAINING, trainer)
    return tokenizer


def xlm_roberta_pieces() -> Tokenizer:
    pieces, charsmap = sentence_pieces()
    specials = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    tokenizer = Tokenizer(models.Unigram([*specials, *pieces, ("<mask>", 0.0)], unk_id=3))
    tokenizer.normalizer = normalizers.Precompiled(charsmap)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
    tokenizer.add_special_tokens([AddedToken("<mask>", lstrip=True)])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    return tokenizer


def deberta_pieces() -> Tokenizer:
    pieces, charsmap = sentence_pieces()
    specials = [("[PAD]", 0.0), ("[CLS]", 0.0), ("[SEP]", 0.0), ("[UNK]", 0.0)]
    tokenizer = Tokenizer(models.Unigram([*specials, *pieces, ("[MASK]", 0.0)], unk_id=3))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Strip(),
            normalizers.Precompiled(charsmap),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.add_special_tokens(["[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]"])
    return with_template(tokenizer, "[CLS]", "[SEP]")


def with_template(tokenizer: Tokenizer, first: str, last: str) -> Tokenizer:
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{first}:0 $A:0 {last}:0",
        pair=f"{first}:0 $A:0 {last}:0 $B:1 {last}:1",
        special_tokens=[(token, tokenizer.token_to_id(token)) for token in (first, last)],
    )
    return tokenizer


def sentence_pieces() -> tuple[list[tuple[str, float]], bytes]:
    """Returns the pieces after <unk>, <s> and </s>, and the table of the normalizer."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "normalization.tsv"
        table.write_text(
            "".join(f"{codes(source)}\t{codes(target)}\n" for source, target in NORMALIZATION.items())
        )
        model = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(TRAINING),
            model_writer=model,
            vocab_size=400,
            character_coverage=1.0,
            normalization_rule_tsv=str(table),
            num_threads=1,
            minloglevel=2,
        )
    proto = sentencepiece_model_pb2.ModelProto.FromString(model.getvalue())
    pieces = [(piece.piece, piece.score) for piece in proto.pieces[3:]]
    return pieces, proto.normalizer_spec.precompiled_charsmap


def codes(text: str) -> str:
    return " ".join(f"{ord(character):X}" for character in text)
