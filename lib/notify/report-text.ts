import type { AlertReport, ReportedException } from './alert-report.js';

/**
 * A report as plain text. Lines from outside are indented, so that none can pose as a line of ours.
 */
export function reportText(report: AlertReport): string {
  const width = Math.max(...report.facts.map((fact) => fact.label.length)) + 1;
  const blocks = [
    [report.type, ...report.message.map((line) => `  ${line}`)],
    report.facts.map((fact) => `${`${fact.label}:`.padEnd(width)} ${fact.value}`),
    ...report.exceptions.map(exceptionText),
  ];
  return blocks.map((lines) => lines.join('\n')).join('\n\n');
}

function exceptionText(exception: ReportedException): readonly string[] {
  return [
    exception.title,
    ...exception.frames.flatMap((frame) => [
      `  at ${frame.location}`,
      ...frame.source.map(
        (line) => `    ${line.current ? '>' : ' '} ${line.number.padStart(5)} | ${line.code}`,
      ),
    ]),
  ];
}
