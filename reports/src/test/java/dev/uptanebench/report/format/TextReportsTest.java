package dev.uptanebench.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.report.store.RunReport;
import dev.uptanebench.report.store.Runs;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class TextReportsTest {
    private static final TrialResult DEFENDED = Runs.trial("UPT-FRZ-001", "brake", Verdict.DEFENDED, "It held.");
    private static final TrialResult BREACHED = Runs.trial("UPT-FRZ-001", "door", Verdict.BREACHED, "It <broke>.");
    private static final RunReport REPORT = Runs.report(DEFENDED, BREACHED,
            Runs.trial("UPT-RBK-001", "a", Verdict.INCONCLUSIVE, "No effect."),
            Runs.trial("UPT-RBK-001", "b", Verdict.NOT_APPLICABLE, "No second bank."),
            Runs.trial("UPT-RBK-001", "c", Verdict.ERROR, "Bell \u0007 and \u001b[31m."));

    private static Document xml(RunReport report)
            throws ParserConfigurationException, IOException, SAXException {
        return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(JUnitXml.render(report))));
    }

    private static Element element(Document xml, String name, int index) {
        NodeList found = xml.getElementsByTagName(name);
        return (Element) found.item(index);
    }

    @Test
    void junitHasASuiteForEachScenarioAndACaseForEachTrial() throws Exception {
        Document xml = xml(REPORT);

        assertThat(xml.getElementsByTagName("testsuite").getLength()).isEqualTo(2);
        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(5);
        Element suite = element(xml, "testsuite", 1);
        assertThat(suite.getAttribute("name")).isEqualTo("UPT-RBK-001");
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("2");
        assertThat(element(xml, "testcase", 0).getAttribute("name")).isEqualTo("UPT-FRZ-001/brake/repo=director");
        assertThat(element(xml, "testcase", 0).getAttribute("time")).isEqualTo("0.012");
    }

    @Test
    void junitCallsASurpriseAFailureAnErrorAnErrorAndTheRestSkipped() throws Exception {
        Document xml = xml(REPORT);

        assertThat(xml.getElementsByTagName("failure").getLength()).isOne();
        assertThat(element(xml, "failure", 0).getAttribute("message")).isEqualTo("It <broke>.");
        assertThat(element(xml, "failure", 0).getTextContent())
                .contains("reproduce: ./bench run UPT-FRZ-001/door/repo=director --seed 0x2a");
        assertThat(xml.getElementsByTagName("error").getLength()).isOne();
        assertThat(element(xml, "error", 0).getAttribute("message")).isEqualTo("Bell \ufffd and \ufffd[31m.");
        assertThat(element(xml, "skipped", 0).getAttribute("message")).isEqualTo("INCONCLUSIVE: No effect.");
        assertThat(element(xml, "skipped", 1).getAttribute("message")).isEqualTo("NOT_APPLICABLE: No second bank.");
    }

    @Test
    void theTerminalGetsOneLineForATrial() {
        assertThat(TerminalReport.plain().trial(DEFENDED))
                .isEqualTo("\u2713 DEFENDED       UPT-FRZ-001/brake/repo=director  It held.");
        assertThat(TerminalReport.coloured().trial(DEFENDED)).startsWith("\u001b[32m");
    }

    @Test
    void theTerminalGetsABlockForASurprise() {
        assertThat(TerminalReport.plain().surprise(BREACHED, Path.of("history/x.jsonl"))).isEqualTo("""
                SURPRISE  UPT-FRZ-001/door/repo=director
                  expected   DEFENDED, detected as freeze, recovered
                  seen       BREACHED (S3: nothing is installed on an order that has expired), not detected, recovered
                  because    It <broke>.
                  evidence   history/x.jsonl
                  reproduce  ./bench run UPT-FRZ-001/door/repo=director --seed 0x2a -b bench-config/benches/default.yaml
                """);
    }

    @Test
    void junitTellsByWhichTextTheRunJudged() throws Exception {
        Document xml = xml(REPORT);

        assertThat(element(xml, "property", 0).getAttribute("value")).isEqualTo("uptane-2.1");
        assertThat(element(xml, "property", 1).getAttribute("value")).isEqualTo("strict");
        assertThat(element(xml, "property", 2).getAttribute("value")).isEqualTo("0x2a");
    }

    @Test
    void theTerminalGetsASummary() {
        assertThat(TerminalReport.plain().summary(REPORT)).isEqualTo("""
                1 of 4 attacks went as expected; 1 surprise, 1 time the bench failed, 1 inconclusive.
                5 trials: 1 defended, 1 breached, 1 inconclusive, 1 error, 1 not applicable
                5 d of world time in 5.0 s, seed 0x2a, uptane-2.1, strict
                """);
    }

    @Test
    void noTextSteersTheTerminal() {
        assertThat(TerminalReport.plain().trial(REPORT.trials().getLast())).endsWith("Bell ? and ?[31m.");
    }
}
