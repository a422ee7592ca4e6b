/** What happens legitimately in a scenario: releases, refreshed metadata, passing time, update cycles. */
@NullMarked
package dev.uptanebench.attack.step;

import org.jspecify.annotations.NullMarked;
