// Reads a JSON array of iCalendar texts and prints what ical.js understands of each: its events, in UTC, and how many lines are too long.
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
        properties: component.getAllProperties().map((p) => p.name),
      };
    }),
  };
});
console.log(JSON.stringify(calendars));
