// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/** The settings in the address of the page: names of Solr's and the parser's parameters. */
const NAMES = ["q", "firstPass", "model", "reRankDocs", "passage", "reRankTimeout", "blend", "reRankOperator", "reRankWeight"];

/** The settings in an address, as texts. */
export function ofAddress(search) {
  const params = new URLSearchParams(search);
  return Object.fromEntries(NAMES.filter((name) => params.get(name)).map((name) => [name, params.get(name)]));
}

/** The form of the page; no other class uses its controls. */
export class SettingsForm {
  #form = document.getElementById("search");
  #blendBy = document.getElementById("blend-by");
  #defaults;

  constructor(config) {
    this.#defaults = { firstPass: "words", model: config.models[0], passage: "head", ...config.defaults };
    const others = Object.keys(config.firstPasses ?? {});
    this.#control("firstPass").append(...["words", ...others].map((name) => new Option(name, name)));
    document.getElementById("first-pass").hidden = others.length === 0;
    const models = this.#control("model");
    models.append(...config.models.map((name) => new Option(name, name)));
    this.#control("reRankDocs").max = config.maxReRankDocs;
    this.#blendBy.addEventListener("change", () => this.#showBlend());
  }

  #control(name) {
    return this.#form.elements.namedItem(name);
  }

  /** The chosen settings, without those that are equal to the defaults in solrconfig.xml. */
  read() {
    const by = this.#blendBy.value;
    const wanted = NAMES.filter((name) => this.#belongsTo(name) === undefined || this.#belongsTo(name) === by);
    const settings = {};
    for (const name of wanted) {
      const value = this.#control(name).value.trim();
      if (value !== "" && (this.#belongsTo(name) || value !== this.#defaults[name])) {
        settings[name] = value;
      }
    }
    if (by === "" && (this.#defaults.blend || this.#defaults.reRankOperator || this.#defaults.reRankWeight)) {
      settings.blend = "ce"; // The logit alone, although solrconfig.xml has a blend.
    }
    return settings;
  }

  show(settings) {
    for (const name of NAMES) {
      const control = this.#control(name);
      control.value = settings[name] ?? this.#defaults[name] ?? "";
      if (control instanceof HTMLSelectElement && control.selectedIndex < 0) {
        // An address can contain an unknown value; the error of the server is clearer than an empty list.
        control.add(new Option(settings[name], settings[name], true, true));
      }
    }
    const shown = { ...this.#defaults, ...settings };
    const operator = settings.reRankOperator || settings.reRankWeight;
    this.#control("reRankOperator").value = shown.reRankOperator ?? "add";
    this.#blendBy.value = operator ? "operator" : shown.blend ? "blend" : shown.reRankOperator ? "operator" : "";
    this.#showBlend();
    this.point("");
  }

  /** Marks the control whose value Solr rejects: messages begin with `crossencoder: name='`. */
  point(message) {
    const refused = /^crossencoder: (\w+)='/.exec(message)?.[1];
    for (const name of NAMES) {
      if (name === refused) {
        this.#control(name).setAttribute("aria-invalid", "true");
      } else {
        this.#control(name).removeAttribute("aria-invalid");
      }
    }
  }

  /** Whether a formula was chosen but is empty; then its control gets the focus. */
  isFormulaMissing() {
    const missing = this.#blendBy.value === "blend" && this.#control("blend").value.trim() === "";
    if (missing) {
      this.#control("blend").focus();
    }
    return missing;
  }

  /** A summary for the closed controls. */
  summary() {
    const of = (name) => this.#control(name).value.trim() || this.#defaults[name];
    const blend = { "": "logit", blend: of("blend"), operator: `${of("reRankOperator")} × ${of("reRankWeight") ?? 2}` };
    const pass = of("firstPass") === "words" ? "" : of("firstPass");
    const parts = [pass, of("model"), `${of("reRankDocs")} candidates`, blend[this.#blendBy.value]];
    const best = { maxp: "best window", max: "best value" }[of("passage")];
    if (best) {
      parts.push(best);
    }
    if (of("reRankTimeout")) {
      parts.push(`${of("reRankTimeout")} ms`);
    }
    return parts.filter(Boolean).join(" · ");
  }

  #belongsTo(name) {
    return { blend: "blend", reRankOperator: "operator", reRankWeight: "operator" }[name];
  }

  #showBlend() {
    for (const label of document.querySelectorAll("[data-blend]")) {
      label.hidden = label.dataset.blend !== this.#blendBy.value;
    }
  }
}
