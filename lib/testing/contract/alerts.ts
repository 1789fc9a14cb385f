import type { NewOutboxEntry, SaveOutcome } from '../../storage/event-store.js';

export function noAlerts(): NewOutboxEntry[] {
  return [];
}

export function alertForNew({ created, issueId, eventId }: SaveOutcome): NewOutboxEntry[] {
  if (!created) return [];
  return [
    {
      dedupeKey: `new-issue:${String(issueId)}`,
      channel: 'notifier:test',
      kind: 'new-issue',
      issueId,
      ...(eventId === undefined ? {} : { eventId }),
    },
  ];
}

export function alertForBack({ regressed, issueId, regressions }: SaveOutcome): NewOutboxEntry[] {
  if (!regressed) return [];
  const dedupeKey = `regression:${String(issueId)}:${String(regressions)}`;
  return [{ dedupeKey, channel: 'notifier:test', kind: 'regression', issueId }];
}
