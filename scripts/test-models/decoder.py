"""Creates the decoder for the tests: a tiny one-label Qwen3 with a prompt template and random weights.

    python -B scripts/test-models/decoder.py src/test/resources/models/qwen3

reference.json contains the token ids of the whole text, truncated so that the template remains, and PyTorch's logits.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

import onnx
import torch
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
from transformers import AutoConfig, AutoModelForSequenceClassification, PreTrainedModel

import graphs
import pieces
from texts import PAIRS

READ = 128  # maximum sequence length
SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
# A shorter form of the template of Qwen3-Reranker.
HEAD = "<|im_start|>system\nIs the Document about the Query? Answer yes or no.<|im_end|>\n<|im_start|>user\n"
TEMPLATE = {
    "prefix": HEAD + "<Query>: ",
    "between": "\n<Document>: ",
    "suffix": "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n",
}


def byte_tokenizer() -> Tokenizer:
    tokenizer = pieces.byte_pairs([])
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.post_processor = processors.ByteLevel(add_prefix_space=False, trim_offsets=False)
    tokenizer.add_special_tokens(["<|endoftext|>", "<|im_start|>", "<|im_end|>"])
    tokenizer.add_tokens(["<think>", "</think>"])
    return tokenizer


def longest_first(first: int, second: int, room: int) -> tuple[int, int]:
    """Returns the lengths of both texts after truncation, as in transformers: each keeps half of ``room``, or less if it is shorter."""
    if first + second <= room:
        return first, second
    if first <= second:
        first = min(first, room // 2)
        return first, room - first
    second = min(second, room // 2)
    return room - second, second


def cut(tokenizer: Tokenizer, query: str, passage: str) -> list[int]:
    """Returns the token ids of the whole text after the ends of query and passage are truncated."""
    text = TEMPLATE["prefix"] + query + TEMPLATE["between"] + passage + TEMPLATE["suffix"]
    encoding = tokenizer.encode(text)
    begin = len(TEMPLATE["prefix"])
    behind = begin + len(query) + len(TEMPLATE["between"])
    starts = [start for start, _ in encoding.offsets]
    of_query = [i for i, start in enumerate(starts) if begin <= start < begin + len(query)]
    of_passage = [i for i, start in enumerate(starts) if behind <= start < behind + len(passage)]
    room = READ - (len(starts) - len(of_query) - len(of_passage))
    query_stays, passage_stays = longest_first(len(of_query), len(of_passage), room)
    dropped = {*of_query[query_stays:], *of_passage[passage_stays:]}
    ids = [id for i, id in enumerate(encoding.ids) if i not in dropped]
    if query_stays == len(of_query):
        # The code on the model page does the same: head, the truncated text, suffix.
        head, end = (tokenizer.encode(part).ids for part in (HEAD, TEMPLATE["suffix"]))
        rest = tokenizer.encode(text[len(HEAD) : len(text) - len(TEMPLATE["suffix"])]).ids
        assert ids == head + rest[: READ - len(head) - len(end)] + end, (query, passage)
    return ids


class LastPlace(torch.nn.Module):
    """A model with the input position_ids that reads the score from the last position, so padding must be on the left."""

    def __init__(self, model: PreTrainedModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, positions: torch.Tensor) -> torch.Tensor:
        states = self.model.model(input_ids=ids, attention_mask=mask, position_ids=positions)
        return self.model.score(states.last_hidden_state[:, -1])


def export_last_place(model: PreTrainedModel, file: Path) -> None:
    mask = torch.tensor([[1] * 9, [0] * 3 + [1] * 6])
    example = (torch.arange(5, 23).reshape(2, 9), mask, (mask.cumsum(1) - 1).clamp(min=0))
    names = ["input_ids", "attention_mask", "position_ids"]
    axes = {name: {0: "batch", 1: "tokens"} for name in names} | {"logits": {0: "batch"}}
    torch.onnx.export(
        LastPlace(model).eval(),
        example,
        str(file),
        input_names=names,
        output_names=["logits"],
        dynamic_axes=axes,
        opset_version=graphs.OPSET,
        dynamo=False,
    )
    graph = onnx.load(file)
    for node in graph.graph.node:
        node.ClearField("name")
    onnx.save(graph, file)


def main() -> None:
    warnings.filterwarnings("ignore")
    directory = Path(sys.argv[1])
    (directory / "onnx").mkdir(parents=True, exist_ok=True)
    tokenizer = byte_tokenizer()
    tokenizer.save(str(directory / "tokenizer.json"), pretty=False)
    pad, end = (tokenizer.token_to_id(token) for token in ("<|endoftext|>", "<|im_end|>"))
    torch.manual_seed(7)
    config = AutoConfig.for_model(
        "qwen3",
        hidden_size=16,
        intermediate_size=24,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        head_dim=8,
        initializer_range=0.4,
        vocab_size=tokenizer.get_vocab_size(),
        max_position_embeddings=READ,
        num_labels=1,
        pad_token_id=pad,
        bos_token_id=pad,
        eos_token_id=end,
        use_cache=False,
    )
    model = AutoModelForSequenceClassification.from_config(config, attn_implementation="eager").eval()
    config.save_pretrained(directory)
    write(directory / "tokenizer_config.json", {"model_max_length": 131072, "padding_side": "left"})
    write(directory / "template.json", TEMPLATE)
    graphs.export(model, False, directory / "onnx" / "model.onnx")
    export_last_place(model, directory / "onnx" / "model_last_place.onnx")
    rows = []
    for query, passage in PAIRS:
        ids = cut(tokenizer, query, passage)
        with torch.no_grad():
            logit = model(input_ids=torch.tensor([ids])).logits[0].item()
        rows.append(json.dumps({"query": query, "passage": passage, "ids": ids, "logit": logit}))
    (directory / "reference.json").write_text("[" + ",\n".join(rows) + "]\n")


def write(file: Path, value: dict) -> None:
    file.write_text(json.dumps(value, indent=1) + "\n")


if __name__ == "__main__":
    main()
