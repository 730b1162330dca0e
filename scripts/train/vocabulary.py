"""Creates the tokenizer: lower-cased WordPiece, in which a line break is a token.

The vocabulary is created here instead of with a trainer of the tokenizers library. It contains the most frequent words, then the
endings of other words. Whole words are needed for the word vectors, and the vocabulary is the same on every run.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import WordPiece

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
# Tokenizers drop line breaks, but the title is the first line of a passage, so this token represents line breaks.
NEWLINE = "\u00b6"
NEWLINE_ID = len(SPECIAL)
CONTINUATION = "##"
ALPHABET, ENDINGS, MAX_ENDING = 150, 1200, 6


def train_tokenizer(texts: Iterable[str], size: int) -> Tokenizer:
    tokenizer = _tokenizer({name: number for number, name in enumerate(SPECIAL)})
    counts: Counter[str] = Counter()
    for text in texts:
        normalized = tokenizer.normalizer.normalize_str(text)
        counts.update(word for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normalized))
    counts.pop(NEWLINE, None)
    letters: Counter[str] = Counter()
    for word, count in counts.items():
        letters.update(dict.fromkeys(word, count))
    alphabet = _most_frequent(letters, ALPHABET)
    pieces = [*alphabet, *(CONTINUATION + letter for letter in alphabet)]
    whole = size - len(SPECIAL) - 1 - len(pieces) - ENDINGS
    used = set(alphabet)
    frequent = [word for word in _most_frequent(counts, whole + ALPHABET) if word not in used]
    frequent = frequent[:whole]
    used.update(frequent)
    endings = _most_frequent(_endings(counts, used), ENDINGS)
    entries = [*SPECIAL, NEWLINE, *pieces, *frequent, *endings]
    return _tokenizer({entry: number for number, entry in enumerate(entries)})


def _endings(counts: Counter[str], known: set[str]) -> Counter[str]:
    """Counts the beginnings of the rest that follows the longest known beginning of each unknown word."""
    found: Counter[str] = Counter()
    for word, count in counts.items():
        if word not in known:
            begin = next((end for end in range(len(word), 0, -1) if word[:end] in known), 1)
            rest = word[begin:]
            lengths = range(2, min(len(rest), MAX_ENDING) + 1)
            found.update({CONTINUATION + rest[:length]: count for length in lengths})
    return found


def _most_frequent(counts: Counter[str], number: int) -> list[str]:
    return sorted(counts, key=lambda entry: (-counts[entry], entry))[:number]


def _tokenizer(vocabulary: dict[str, int]) -> Tokenizer:
    model = WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100)
    tokenizer = Tokenizer(model)
    tokenizer.add_special_tokens(list(SPECIAL))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\n\u00b6]+"), f" {NEWLINE} "),
            # Removes apostrophes within words (ocean's, o'clock, don't), because users often omit them.
            normalizers.Replace(Regex("(?<=\\w)['\u2019](?=\\w)"), ""),
            normalizers.BertNormalizer(lowercase=True),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1",
        special_tokens=[(name, SPECIAL.index(name)) for name in ("[CLS]", "[SEP]")],
    )
    return tokenizer
