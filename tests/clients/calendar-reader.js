// Reads a JSON array of iCalendar texts and prints what ical.js understands of each: its events and their occurrences, in UTC, and how many lines are too long.
import ICAL from 'ical.js';

let input = '';
for await (const chunk of process.stdin) input += chunk;
const calendars = JSON.parse(input).map((text) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents('vtimezone')) {
    const id = zone.getFirstPropertyValue('tzid');
    ICAL.TimezoneService.register(new ICAL.Timezone({ component: zone, tzid: id }), id);
  }
  return {
    version: calendar.getFirstPropertyValue('version'),
    zones: calendar.getAllSubcomponents('vtimezone').map((z) => z.getFirstPropertyValue('tzid')),
    longLines: text.split('\r\n').filter((l) => Buffer.byteLength(l) > 75).length,
    bareLineBreaks: text.replaceAll('\r\n', '').split(/[\r\n]/).length - 1,
    events: calendar.getAllSubcomponents('vevent').map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        summary: event.summary,
        start: event.startDate.toJSDate().toISOString(),
        end: event.endDate.toJSDate().toISOString(),
        zone: component.getFirstProperty('dtstart').getParameter('tzid') ?? null,
        sequence: event.sequence,
        status: component.getFirstPropertyValue('status'),
        recurrenceId: component.getFirstPropertyValue('recurrence-id')?.toJSDate().toISOString() ?? null,
        properties: component.getAllProperties().map((p) => p.name),
      };
    }),
    occurrences: occurrences(calendar.getAllSubcomponents('vevent')),
  };
});

// Each event as often as it takes place, the exceptions of a series in their places.
function occurrences(components) {
  const found = [];
  for (const component of components.filter((c) => !c.getFirstProperty('recurrence-id'))) {
    const uid = component.getFirstPropertyValue('uid');
    const exceptions = components.filter((c) => c.getFirstProperty('recurrence-id') && c.getFirstPropertyValue('uid') === uid);
    const event = new ICAL.Event(component, { exceptions });
    if (!event.isRecurring()) {
      found.push(occurrence(uid, event.startDate, event.endDate, component));
      continue;
    }
    const times = event.iterator();
    for (let time = times.next(); time; time = times.next()) {
      const details = event.getOccurrenceDetails(time);
      found.push(occurrence(uid, details.startDate, details.endDate, details.item.component));
    }
  }
  return found.sort((one, other) => one.start.localeCompare(other.start));
}

function occurrence(uid, start, end, component) {
  return { uid, start: start.toJSDate().toISOString(), end: end.toJSDate().toISOString(), status: component.getFirstPropertyValue('status'), summary: component.getFirstPropertyValue('summary') };
}

console.log(JSON.stringify(calendars));
