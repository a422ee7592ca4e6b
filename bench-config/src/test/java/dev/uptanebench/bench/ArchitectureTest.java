package dev.uptanebench.bench;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.uptanebench.attack.run.WallClock;
import java.time.Clock;
import java.util.Set;

/** The rules of docs/architecture.md. */
@AnalyzeClasses(packages = "dev.uptanebench", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] PURE = {"..ecu.verify..", "..vehicle.isotp..", "..vehicle.doip..", "..vehicle.uds..",
            "..vehicle.uptane..", "..attack.oracle.."};

    @ArchTest
    static final ArchRule dependenciesPointOneWay = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("sim-vehicle").definedBy("dev.uptanebench.vehicle..")
            .layer("sim-ecus").definedBy("dev.uptanebench.ecu..")
            .layer("attack-scenarios").definedBy("dev.uptanebench.attack..")
            .layer("reports").definedBy("dev.uptanebench.report..")
            .layer("bench-config").definedBy("dev.uptanebench.bench..")
            .whereLayer("bench-config").mayNotBeAccessedByAnyLayer()
            .whereLayer("reports").mayOnlyBeAccessedByLayers("bench-config")
            .whereLayer("attack-scenarios").mayOnlyBeAccessedByLayers("reports", "bench-config")
            .whereLayer("sim-ecus").mayOnlyBeAccessedByLayers("attack-scenarios", "reports", "bench-config");

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("dev.uptanebench.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule reasoningTouchesNothingOutside = noClasses().that().resideInAnyPackage(PURE).should()
            .dependOnClassesThat(
                    resideInAnyPackage("io.netty..", "java.nio.file..", "java.nio.channels..", "java.net.http..",
                            "javax.net..")
                            .or(named("java.net.Socket", "java.net.ServerSocket", "java.net.DatagramSocket",
                                    "java.net.URL", "java.io.File", "java.io.FileInputStream",
                                    "java.io.FileOutputStream",
                                    "java.io.RandomAccessFile", "java.lang.Thread", "java.lang.ThreadLocal",
                                    "java.time.Clock", "java.util.Timer", "java.util.concurrent.ExecutorService",
                                    "java.util.concurrent.Executors", "java.util.concurrent.CompletableFuture")));

    @ArchTest
    static final ArchRule theJudgeIsNotTheAccused = noClasses().that().resideInAPackage("..attack.oracle..").should()
            .dependOnClassesThat().resideInAPackage("dev.uptanebench.ecu..");

    /** The kernel holds world time, {@link WallClock} all other. */
    @ArchTest
    static final ArchRule nothingElseReadsAClockOrThrowsDice = noClasses().that(resideOutsideOfPackages(
            "..vehicle.kernel..")
            .and(DescribedPredicate.not(HasName.Predicates.nameStartingWith(WallClock.class.getName()))))
            .should().accessTargetWhere(JavaAccess.Predicates.target(clockOrDice()));

    @ArchTest
    static final ArchRule javaCanStaysInOnePlace = noClasses().that(resideOutsideOfPackages("..can.socketcan.."))
            .should().dependOnClassesThat().resideInAPackage("tel.schich..");

    @ArchTest
    static final ArchRule picocliStaysInTheCommandLine = noClasses().that(resideOutsideOfPackages("..bench.cli.."))
            .should().dependOnClassesThat().resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule yamlIsParsedInOnePlace = noClasses().that(resideOutsideOfPackages("..attack.yaml.."))
            .should().dependOnClassesThat().resideInAPackage("org.snakeyaml..");

    private static DescribedPredicate<JavaClass> named(String... names) {
        Set<String> wanted = Set.of(names);
        return DescribedPredicate.describe("is one of " + wanted, type -> wanted.contains(type.getName()));
    }

    private static DescribedPredicate<AccessTarget> clockOrDice() {
        Set<String> dice = Set.of("java.util.Random", "java.security.SecureRandom", "java.util.SplittableRandom",
                "java.util.concurrent.ThreadLocalRandom");
        Set<String> clocks = Set.of("java.lang.System.currentTimeMillis", "java.lang.System.nanoTime",
                "java.lang.Thread.sleep", "java.lang.Math.random", "java.util.UUID.randomUUID",
                "java.util.Collections.shuffle");
        return DescribedPredicate.describe("a clock, a die or a sleep", target -> {
            String owner = target.getOwner().getName();
            return dice.contains(owner) || owner.equals(Clock.class.getName())
                    || clocks.contains(owner + '.' + target.getName())
                    || (owner.startsWith("java.time.") && target.getName().equals("now"));
        });
    }
}
