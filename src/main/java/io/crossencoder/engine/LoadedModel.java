// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.model.ModelSpec;
import java.time.Duration;
import java.time.Instant;

/**
 * A model in memory.
 *
 * @param spec what it is
 * @param since when it was loaded
 * @param loading how long that took
 */
public record LoadedModel(ModelSpec spec, Instant since, Duration loading) {}
