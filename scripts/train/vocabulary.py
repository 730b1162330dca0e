"""The tokenizer: lower-cased WordPiece, in which the end of the first line is a token.

The vocabulary is made here rather than by a trainer: words by their frequency, then what is left
of the other words. It keeps words whole, as their vectors need it, and is the same on every run.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import WordPiece

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
# Tokenizers drop line ends, but the first line of a passage is its title: this stands for them.
LINE = "\u00b6"
LINE_ID = len(SPECIAL)
CONTINUED = "##"
ALPHABET, ENDINGS, LONGEST_ENDING = 150, 1200, 6


def train_tokenizer(texts: Iterable[str], size: int) -> Tokenizer:
    tokenizer = _tokenizer({name: number for number, name in enumerate(SPECIAL)})
    counts: Counter[str] = Counter()
    for text in texts:
        normalized = tokenizer.normalizer.normalize_str(text)
        counts.update(word for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normalized))
    counts.pop(LINE, None)
    letters: Counter[str] = Counter()
    for word, count in counts.items():
        letters.update(dict.fromkeys(word, count))
    alphabet = _most_frequent(letters, ALPHABET)
    pieces = [*alphabet, *(CONTINUED + letter for letter in alphabet)]
    whole = size - len(SPECIAL) - 1 - len(pieces) - ENDINGS
    taken = set(alphabet)
    frequent = [word for word in _most_frequent(counts, whole + ALPHABET) if word not in taken]
    frequent = frequent[:whole]
    taken.update(frequent)
    endings = _most_frequent(_endings(counts, taken), ENDINGS)
    entries = [*SPECIAL, LINE, *pieces, *frequent, *endings]
    return _tokenizer({entry: number for number, entry in enumerate(entries)})


def _endings(counts: Counter[str], known: set[str]) -> Counter[str]:
    """What follows the longest known beginning of each word that is not known."""
    found: Counter[str] = Counter()
    for word, count in counts.items():
        if word not in known:
            begin = next((end for end in range(len(word), 0, -1) if word[:end] in known), 1)
            rest = word[begin:]
            lengths = range(2, min(len(rest), LONGEST_ENDING) + 1)
            found.update({CONTINUED + rest[:length]: count for length in lengths})
    return found


def _most_frequent(counts: Counter[str], number: int) -> list[str]:
    return sorted(counts, key=lambda entry: (-counts[entry], entry))[:number]


def _tokenizer(vocabulary: dict[str, int]) -> Tokenizer:
    model = WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100)
    tokenizer = Tokenizer(model)
    tokenizer.add_special_tokens(list(SPECIAL))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\n\u00b6]+"), f" {LINE} "),
            # ocean's, o'clock, don't: one word each, as people type them.
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
