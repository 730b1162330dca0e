"""Creates the models for the tests, one of each family: tiny, with random weights.

    pip install -r scripts/test-models/requirements.txt
    python -B scripts/test-models/make_models.py src/test/resources/models

Every directory has the Hugging Face layout and a reference.json with pairs, their token ids (computed by Python's tokenizers), the
start and end offsets of the passage tokens (in code points), and their logits (computed by PyTorch).
"""

from __future__ import annotations

import json
import math
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModelForSequenceClassification, PreTrainedModel

import graphs
import pieces
from texts import PAIRS

SHAPE = {
    "hidden_size": 16,
    "intermediate_size": 24,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    # Large enough that the logits of two pairs differ.
    "initializer_range": 0.4,
}
BRACKETS = {"pad": "[PAD]", "cls": "[CLS]", "sep": "[SEP]"}
ANGLES = {"pad": "<pad>", "cls": "<s>", "sep": "</s>"}


@dataclass(frozen=True)
class Family:
    type: str  # transformers' model_type
    tokenizer: Callable[[], Tokenizer]
    specials: dict[str, str]
    positions: int  # max_position_embeddings
    read: int  # maximum sequence length
    token_types: bool = False
    labels: int = 1
    config: dict[str, Any] = field(default_factory=dict)
    limit: int | None = None  # model_max_length


FAMILIES = {
    "bert": Family("bert", pieces.word_pieces, BRACKETS, 64, 64, token_types=True),
    "electra-two-labels": Family(
        "electra", pieces.word_pieces, BRACKETS, 64, 64, True, 2, {"embedding_size": 8}
    ),
    # Positions are counted from pad_token_id + 1, so 66 position embeddings are enough for 64 tokens.
    "roberta": Family(
        "roberta", pieces.roberta_bytes, ANGLES, 66, 64, config={"type_vocab_size": 1}
    ),
    "xlm-roberta": Family(
        "xlm-roberta", pieces.xlm_roberta_pieces, ANGLES, 66, 64, config={"type_vocab_size": 1}
    ),
    "deberta-v3": Family(
        "deberta-v2",
        pieces.deberta_pieces,
        BRACKETS,
        64,
        64,
        config={
            "relative_attention": True,
            "position_buckets": 16,
            "norm_rel_ebd": "layer_norm",
            "share_att_key": True,
            "pos_att_type": ["p2c", "c2p"],
            "position_biased_input": False,
            "type_vocab_size": 0,
            "pooler_hidden_size": 16,
        },
    ),
    "modernbert": Family(
        "modernbert",
        pieces.modern_bytes,
        BRACKETS,
        8192,
        128,
        config={"attn_implementation": "eager", "local_attention": 16},
        limit=128,
    ),
    # The next two have the heads of gte-reranker-modernbert-base and granite-embedding-reranker-english-r2.
    "modernbert-mean": Family(
        "modernbert",
        pieces.modern_bytes,
        BRACKETS,
        8192,
        128,
        config={"local_attention": 16, "classifier_pooling": "mean"},
        limit=128,
    ),
    "modernbert-silu": Family(
        "modernbert",
        pieces.modern_bytes,
        BRACKETS,
        8192,
        128,
        config={
            "local_attention": 16,
            "classifier_pooling": "cls",
            "classifier_activation": "silu",
            "local_rope_theta": 40000.0,
            "sentence_transformers": {"activation_fn": "torch.nn.modules.activation.Sigmoid"},
        },
        limit=128,
    ),
}


def main() -> None:
    warnings.filterwarnings("ignore")  # warnings of the exporter about tracing
    target = Path(sys.argv[1])
    for name in sys.argv[2:] or FAMILIES:
        make(FAMILIES[name], target / name)
    if sys.argv[2:]:
        return
    graphs.write_variants(target / "bert" / "onnx")
    graphs.write_quantized(target / "bert" / "onnx")
    graphs.write_operators(target / "operators")
    graphs.write_refused(target / "refused")


def make(family: Family, directory: Path) -> None:
    (directory / "onnx").mkdir(parents=True, exist_ok=True)
    tokenizer = family.tokenizer()
    tokenizer.save(str(directory / "tokenizer.json"), pretty=False)
    ids = {f"{name}_token_id": tokenizer.token_to_id(token) for name, token in family.specials.items()}
    torch.manual_seed(7)
    config = AutoConfig.for_model(
        family.type,
        **SHAPE,
        vocab_size=tokenizer.get_vocab_size(),
        max_position_embeddings=family.positions,
        num_labels=family.labels,
        pad_token_id=ids["pad_token_id"],
        bos_token_id=ids["cls_token_id"],
        eos_token_id=ids["sep_token_id"],
        cls_token_id=ids["cls_token_id"],
        sep_token_id=ids["sep_token_id"],
        **family.config,
    )
    model = AutoModelForSequenceClassification.from_config(
        config, attn_implementation="eager"
    ).eval()
    config.save_pretrained(directory)
    write(
        directory / "tokenizer_config.json",
        {f"{name}_token": token for name, token in family.specials.items()}
        # transformers writes 1e30 if a tokenizer has no limit.
        | {"model_max_length": family.limit or int(1e30)},
    )
    graphs.export(model, family.token_types, directory / "onnx" / "model.onnx")
    pairs = (json.dumps(pair) for pair in references(family, tokenizer, model))
    (directory / "reference.json").write_text("[" + ",\n".join(pairs) + "]\n")


def references(family: Family, tokenizer: Tokenizer, model: PreTrainedModel) -> list[dict]:
    found = []
    for query, passage in PAIRS:
        tokenizer.enable_truncation(family.read, strategy="longest_first")
        encoding = tokenizer.encode(query, passage)
        inputs = {"input_ids": torch.tensor([encoding.ids])}
        inputs["attention_mask"] = torch.ones_like(inputs["input_ids"])
        if family.token_types:
            inputs["token_type_ids"] = torch.tensor([encoding.type_ids])
        with torch.no_grad():
            logits = model(**inputs).logits[0].tolist()
        logit = logits[0] if len(logits) == 1 else logits[1] - logits[0]
        if "sentence_transformers" in family.config:  # the config sets the activation Sigmoid
            logit = 1 / (1 + math.exp(-logit))
        spans = [
            place
            for span, sequence in zip(encoding.offsets, encoding.sequence_ids)
            if sequence == 1
            for place in span
        ]
        found.append(
            {
                "query": query,
                "passage": passage,
                "ids": encoding.ids,
                "spans": spans,
                "logit": logit,
            }
        )
    return found


def write(file: Path, value: dict[str, Any]) -> None:
    file.write_text(json.dumps(value, indent=1) + "\n")


if __name__ == "__main__":
    main()
