package dev.noren.cli;

import dev.noren.doctor.Complaint;
import dev.noren.doctor.Diagnosis;
import dev.noren.doctor.Symptom;
import dev.noren.status.Finding;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A diagnosis for people. */
final class PrettyDiagnosis {
  private static final int INDENT = 5;
  private static final String START = " ".repeat(INDENT);

  private final Paint paint;
  private final Speech speech;

  PrettyDiagnosis(Paint paint, Speech speech) {
    this.paint = paint;
    this.speech = speech;
  }

  String text(Diagnosis diagnosis) {
    StringBuilder text = new StringBuilder();
    Complaint complaint = diagnosis.complaint();
    List<Finding> also = new ArrayList<>(diagnosis.also());
    if (complaint != null && !complaint.found()) {
      Stream.ofNullable(diagnosis.finding()).forEach(also::addFirst);
      String none = said(Symptom.of(complaint.symptom()).none());
      text.append(Wrapping.wrap("", 0, paint.green(none)));
    } else if (diagnosis.finding() == null) {
      text.append(Wrapping.wrap("", 0, paint.green(speech.words("doctor.none"))));
    } else {
      text.append(finding(diagnosis.finding()));
    }
    if (complaint != null) {
      text.append('\n').append(paint.bold(speech.words("doctor.looked"))).append('\n');
      complaint.looked().forEach(each -> text.append(Wrapping.wrap(START, INDENT, said(each))));
    }
    if (!also.isEmpty()) {
      text.append('\n').append(paint.bold(speech.words("doctor.also"))).append('\n');
      also.forEach(each -> text.append(finding(each)));
    }
    if (!diagnosis.settled()) {
      text.append('\n').append(Wrapping.wrap("", 0, speech.words("doctor.unsettled")));
    }
    return text.toString();
  }

  private String finding(Finding finding) {
    String number = finding.fault() ? paint.red(finding.number()) : paint.yellow(finding.number());
    StringBuilder text = new StringBuilder();
    text.append(Wrapping.wrap(number + "  ", INDENT, paint.bold(said(finding.says()))));
    String about =
        Stream.of(finding.tunnel(), finding.farEnd())
            .filter(each -> each != null)
            .map(Wrapping::clean)
            .collect(Collectors.joining(", "));
    if (!about.isEmpty()) {
      text.append(START).append('(').append(about).append(")\n");
    }
    finding.evidence().forEach(each -> text.append(line("doctor.seen", said(each))));
    return text.append(line("doctor.next", said(finding.next()))).toString();
  }

  private String line(String key, String words) {
    return Wrapping.wrap(START + paint.cyan(speech.words(key)) + " ", INDENT + 2, words);
  }

  private String said(Sentence sentence) {
    return Wrapping.clean(sentence.in(speech.language()));
  }
}
