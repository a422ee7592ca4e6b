package dev.uptanebench.attack.scenario;

import dev.uptanebench.attack.primitive.http.Answer;
import dev.uptanebench.attack.primitive.http.Keep;
import dev.uptanebench.attack.primitive.http.Serve;
import dev.uptanebench.attack.primitive.keys.Attest;
import dev.uptanebench.attack.primitive.keys.Forge;
import dev.uptanebench.attack.primitive.keys.Mix;
import dev.uptanebench.attack.primitive.keys.OldRoot;
import dev.uptanebench.attack.primitive.position.CutPower;
import dev.uptanebench.attack.primitive.position.Deliver;
import dev.uptanebench.attack.primitive.position.Eavesdrop;
import dev.uptanebench.attack.primitive.position.FetchClear;
import dev.uptanebench.attack.primitive.position.ProgramUnasked;
import dev.uptanebench.attack.primitive.position.TamperMap;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.step.Bundle;
import dev.uptanebench.attack.step.Cycle;
import dev.uptanebench.attack.step.Leap;
import dev.uptanebench.attack.step.Lifetime;
import dev.uptanebench.attack.step.Refresh;
import dev.uptanebench.attack.step.Release;
import dev.uptanebench.attack.step.Report;
import dev.uptanebench.attack.step.RotateTimeKey;
import dev.uptanebench.attack.step.Stock;
import dev.uptanebench.attack.yaml.Section;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Every step that a scenario can name. */
final class Steps {
    private static final SortedMap<String, Function<Section, Step>> ALL = all();

    private Steps() {}

    private static SortedMap<String, Function<Section, Step>> all() {
        SortedMap<String, Function<Section, Step>> steps = new TreeMap<>();
        steps.put("release", Release::read);
        steps.put("bundle", Bundle::read);
        steps.put("stock", Stock::read);
        steps.put("lifetime", Lifetime::read);
        steps.put("refresh", Refresh::read);
        steps.put("leap", Leap::read);
        steps.put("cycle", Cycle::read);
        steps.put("report", Report::read);
        steps.put("record", Keep::read);
        steps.put("serve", Serve::read);
        steps.put("answer", Answer::read);
        steps.put("forge", Forge::read);
        steps.put("mix", Mix::read);
        steps.put("old-root", OldRoot::read);
        steps.put("deliver", Deliver::read);
        steps.put("program-unasked", ProgramUnasked::read);
        steps.put("eavesdrop", Eavesdrop::read);
        steps.put("cut-power", CutPower::read);
        steps.put("fetch-clear", FetchClear::read);
        steps.put("tamper-map", TamperMap::read);
        steps.put("rotate-time-key", RotateTimeKey::read);
        steps.put("attest", Attest::read);
        return Collections.unmodifiableSortedMap(steps);
    }

    /** Reader of each step by name. */
    static SortedMap<String, Function<Section, Step>> byName() {
        return ALL;
    }
}
