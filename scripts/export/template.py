"""Reads the texts to insert around query and passage.

They are the default prompt of sentence-transformers, or a file with prefix, between and suffix.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from source import NotSupported, json_object, modules_of

FILE = "template.json"
KEYS = ("prefix", "between", "suffix")


@dataclass(frozen=True)
class Template:
    prefix: str = ""
    between: str | None = None
    suffix: str = ""

    def fill(self, query: str, passage: str) -> str | tuple[str, str]:
        """Returns the input of the tokenizer: one text if the template has between, otherwise a pair."""
        first, second = self.prefix + query, passage + self.suffix
        return (first, second) if self.between is None else first + self.between + second

    def write(self, file: Path) -> None:
        """Writes the template to a file, unless it is empty."""
        entries = {key: getattr(self, key) for key in KEYS if getattr(self, key) not in (None, "")}
        if entries:
            file.write_text(
                json.dumps(entries, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
            )


def template_of(directory: Path, file: Path | None) -> Template:
    """Reads the file; without a file, reads the model's own template.json, or its default prompt.

    Raises:
        ValueError: if the file has unknown keys, or values that are not texts
        NotSupported: if the pooling excludes the prompt
    """
    own = directory / FILE
    file = file or (own if own.is_file() else None)
    if file:
        entries = json_object(file)
        if not set(entries) <= set(KEYS) or not all(isinstance(v, str) for v in entries.values()):
            raise ValueError(f"{file}: only the texts {', '.join(KEYS)} are allowed")
        return Template(**entries)
    return Template(prefix=_prompt(directory))


def _prompt(directory: Path) -> str:
    if not modules_of(directory):
        return ""  # sentence-transformers ignores the prompts of plain models
    settings = json_object(directory / "config_sentence_transformers.json")
    name = settings.get("default_prompt_name")
    prompt = (settings.get("prompts") or {}).get(name) or ""
    for module in modules_of(directory):
        config = directory / module["path"] / "config.json"
        if prompt and module["type"].endswith(".Pooling") and not json_object(config).get("include_prompt", True):
            raise NotSupported(f"{config} leaves the prompt out of the pooling (include_prompt)")
    return prompt
