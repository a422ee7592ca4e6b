/** What a trial ended with. These records are what {@code run.json} holds; nothing here knows how a trial is run. */
@NullMarked
package dev.uptanebench.attack.run;

import org.jspecify.annotations.NullMarked;
