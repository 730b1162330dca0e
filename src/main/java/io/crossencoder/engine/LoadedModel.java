// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.model.ModelSpec;
import java.time.Duration;
import java.time.Instant;

/**
 * A model in memory.
 *
 * @param spec its properties
 * @param since time of loading
 * @param loading duration of loading
 */
public record LoadedModel(ModelSpec spec, Instant since, Duration loading) {}
