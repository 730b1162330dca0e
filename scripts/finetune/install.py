"""Checks that Solr has loaded the model and returns the expected scores.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import argparse
import json
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

TOLERANCE = 1e-3
TIMEOUT_SECONDS = 120


def is_installed_in(directory: Path, solr: str) -> bool:
    """Returns whether the directory is in the models directory of that Solr on this machine."""
    home = _request(f"{solr.rstrip('/')}/admin/info/system", {}).get("solr_home")
    return home is not None and Path(home, "models").resolve() == directory.parent.resolve()


def verify_scores(arguments: argparse.Namespace, expected: list[tuple[str, dict[str, float]]]) -> str:
    """Reloads the core, scores the same pairs in Solr, and compares the logits with PyTorch's.

    Raises:
        RuntimeError: if a logit differs by more than ``TOLERANCE``
    """
    url, name, key = arguments.solr.rstrip("/"), arguments.to.name, arguments.id_field
    _request(f"{url}/admin/cores", {"action": "RELOAD", "core": arguments.collection})
    largest, compared = 0.0, 0
    for query, scores in expected:
        response = _request(f"{url}/{arguments.collection}/select", {
            "q": f"{{!terms f={key} separator='\x1f' v=$wanted}}", "wanted": "\x1f".join(scores),
            "rows": len(scores), "defType": "lucene", "asked": query,
            "rq": f"{{!crossencoder model={name} blend=ce query=$asked cache=false reRankDocs={len(scores)}}}",
            "fl": f"{key},ce:[crossencoder]", "expandMacros": "false",
        })
        for hit in response["response"]["docs"]:
            largest = max(largest, abs(hit["ce"]["logit"] - scores[str(hit[key])]))
            compared += 1
    if compared == 0 or not largest <= TOLERANCE:
        raise RuntimeError(f"the scores of {name} in Solr differ from PyTorch's by up to {largest:.1e} ({compared} compared)")
    return f"Solr loaded {name}: {compared} scores differ from PyTorch's by at most {largest:.1e}"


def _request(url: str, parameters: dict[str, object]) -> dict:
    body = urllib.parse.urlencode({**parameters, "wt": "json"}).encode()
    try:
        with urllib.request.urlopen(url, body, timeout=TIMEOUT_SECONDS) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        try:
            reason = json.load(error)["error"]["msg"]
        except (ValueError, KeyError):
            reason = error.reason
        raise RuntimeError(f"Solr returned HTTP {error.code}: {reason}") from error
