const ACTIONS: Readonly<Record<string, string>> = {
  'campaign.status': 'Campaign started or paused',
  'campaign.completed': 'Campaign completed by itself',
  'campaign.reopened': 'Campaign opened again by new people',
  'campaign.breaker': 'Campaign paused itself after failed calls',
  'campaign.probe': 'One call tried after failed calls',
  'campaign.recovered': 'Campaign goes on after a call that worked',
  'campaign.missed': 'Hours missed while Parley did not run',
  'calling.pause': 'All calling paused',
  'calling.resume': 'All calling resumed',
  'computer.change': 'What this computer does changed',
  'session.start': 'Session started',
  'session.end': 'Session ended',
  'outcome.file': 'Outcome filed',
  'outcome.undo': 'Outcome taken back',
  'call.outcome': 'Outcome of a call changed',
  'call.note': 'Note of a call written anew',
  'callback.promise': 'Follow-up call promised',
  'calls.exported': 'Calls exported',
  'report.exported': 'Report exported',
  'report.scheduled': 'Scheduled report made or changed',
  'report.unscheduled': 'Scheduled report removed',
  'message.kept': 'Message added',
  'message.renamed': 'Message renamed',
  'message.removed': 'Message deleted',
  'recordings.exported': 'Recordings exported',
  'recording.deleted': 'Recording deleted',
  'recordings.keeping': 'How long recordings are kept changed',
  'event.redeliver': 'Event of a carrier tried again',
  'call.override': 'Rule set aside for one call',
  'call.transfer': 'Call handed over',
  'call.consult': 'Colleague asked in a call',
  'call.ended-from-board': 'Call ended from the live board',
  'assistant.test-call': 'Assistant talked to from a campaign’s screen',
  'call.taken-over': 'Call of an AI voice taken over',
  'call.handed-over': 'Call of an AI voice handed to somebody',
  'call.said': 'AI voice told to say something',
  'call.listen': 'Call listened to',
  'call.whisper': 'Agent spoken to in a call',
  'call.join': 'Call joined',
  'transfer.forget': 'Number for handing over forgotten',
  'contact.skip': 'Contact skipped',
  'workspace.create': 'Workspace made',
  'person.add': 'Person added',
  'person.change': 'Person changed',
  'person.pin-set': 'PIN set',
  'person.pin-removed': 'PIN taken away',
  'schedule.add': 'Schedule made',
  'schedule.change': 'Schedule changed',
  'schedule.on': 'Schedule switched on',
  'schedule.off': 'Schedule switched off',
  'schedule.remove': 'Schedule removed',
  'schedule.restore': 'Schedule brought back',
  'schedule.cancel-call': 'Scheduled call canceled',
  'consent.give': 'Consent recorded',
  'consent.revoke': 'Consent taken back',
  'outcome.change': 'Outcome of calls changed',
  'outlook.rules': 'Rules for temperature and stage changed',
  'contact.moved': 'Temperature or stage of a contact set',
  'contact.move-undone': 'Move of a contact taken back',
  'follow-ups.changed': 'Follow-up sequence made or changed',
  'follow-ups.removed': 'Follow-up sequence removed',
  'schedule.settings': 'How scheduled calls are made',
  'carrier.set': 'Carrier set up or changed',
  'carrier.forget': 'Carrier forgotten',
  'carrier.numbers': 'Numbers of a carrier chosen',
  'carrier.order': 'Order of carriers changed',
  'carrier.test-call': 'Test call made',
  'connection.change': 'Way in from outside changed',
  'delivery.redeliver': 'Delivery of a carrier tried again',
  'law.override': 'Rule of law taken out or put back',
  'law.own-hours': 'Own calling hours changed',
  'law.close': 'Days closed',
  'law.reopen': 'Closed days opened again',
  'law.compared': 'Register compared',
  'law.home-state': 'Own state changed',
  'preferences.change': 'Preferences changed',
  'contact.change': 'Contact corrected',
  'contact.merge': 'Contacts made one',
  'contact.apart': 'Contacts taken apart again',
  'contact.number-added': 'Number added to a contact',
  'contact.number-starred': 'Number chosen to ring first',
  'contact.number-removed': 'Number removed from a contact',
  'contact.tags': 'Tags of a contact set',
  'contact.erased': 'Person erased',
  'contacts.changed': 'Many contacts changed',
  'contacts.change-undone': 'Change to many contacts taken back',
  'contacts.exported': 'Contacts exported',
  'do-not-call.add': 'Added to do-not-call',
  'do-not-call.remove': 'Taken off do-not-call',
  'import.commit': 'List put in',
  'import.undo': 'List taken back out',
  'registry.use': 'Register read in',
  'registry.drop': 'Register dropped',
};

/** An action in words; one we have no words for yet is still told apart from the others. */
export function actionInWords(action: string): string {
  return ACTIONS[action] ?? action.replaceAll(/[.-]/g, ' ');
}

/** Only what differs: `status: paused → active`. What was made new or is gone stands alone. */
export function changeInWords(before: unknown, after: unknown): string {
  const was = factsOf(before);
  const is = factsOf(after);
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const changes = names.filter((name) => was[name] !== is[name]);
  return changes
    .map((name) => `${name}: ${[was[name], is[name]].filter((each) => each !== undefined).join(' → ')}`)
    .join(', ');
}

function factsOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, fact]) => [name, textOf(fact)]));
}

function textOf(fact: unknown): string {
  return typeof fact === 'string' ? fact : (JSON.stringify(fact) ?? '');
}
