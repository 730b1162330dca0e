"""Whether Solr has the model and gives its scores.

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
PATIENCE_SECONDS = 120


def installed_in(directory: Path, solr: str) -> bool:
    """Whether the directory lies in the models folder of that Solr, on this machine."""
    home = _ask(f"{solr.rstrip('/')}/admin/info/system", {}).get("solr_home")
    return home is not None and Path(home, "models").resolve() == directory.parent.resolve()


def confirm(arguments: argparse.Namespace, expected: list[tuple[str, dict[str, float]]]) -> str:
    """Reloads the core, has it score what PyTorch scored, and compares.

    Raises:
        RuntimeError: if a score is another
    """
    url, name, key = arguments.solr.rstrip("/"), arguments.to.name, arguments.id_field
    _ask(f"{url}/admin/cores", {"action": "RELOAD", "core": arguments.collection})
    worst, compared = 0.0, 0
    for query, scores in expected:
        answer = _ask(f"{url}/{arguments.collection}/select", {
            "q": f"{{!terms f={key} separator='\x1f' v=$wanted}}", "wanted": "\x1f".join(scores), "rows": len(scores), "defType": "lucene", "asked": query,
            "rq": f"{{!crossencoder model={name} blend=ce query=$asked cache=false reRankDocs={len(scores)}}}",
            "fl": f"{key},ce:[crossencoder]", "expandMacros": "false",
        })
        for hit in answer["response"]["docs"]:
            worst = max(worst, abs(hit["ce"]["logit"] - scores[str(hit[key])]))
            compared += 1
    if compared == 0 or not worst <= TOLERANCE:
        raise RuntimeError(f"Solr's scores of {name} are up to {worst:.1e} from PyTorch's ({compared} compared)")
    return f"Solr has {name}: {compared} of its scores are PyTorch's to {worst:.1e}"


def _ask(url: str, parameters: dict[str, object]) -> dict:
    body = urllib.parse.urlencode({**parameters, "wt": "json"}).encode()
    try:
        with urllib.request.urlopen(url, body, timeout=PATIENCE_SECONDS) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refusal:
        try:
            reason = json.load(refusal)["error"]["msg"]
        except (ValueError, KeyError):
            reason = refusal.reason
        raise RuntimeError(f"Solr says {refusal.code}: {reason}") from refusal
