// A mail server that takes mail for everybody but "refused@…" and prints each as a line of JSON, after a first line with its port.
import { SMTPServer } from 'smtp-server';
import PostalMime from 'postal-mime';

const [user, password] = process.argv.slice(2);
const server = new SMTPServer({
  authOptional: !user,
  allowInsecureAuth: true,
  disableReverseLookup: true,
  onAuth: (auth, _, done) => (auth.username === user && auth.password === password ? done(null, { user }) : done(new Error('Wrong name or password'))),
  onRcptTo: (address, _, done) => (address.address.startsWith('refused') ? done(Object.assign(new Error('No such mailbox'), { responseCode: 550 })) : done()),
  onData: async (stream, session, done) => {
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    const mail = await PostalMime.parse(Buffer.concat(chunks));
    console.log(JSON.stringify({
      recipients: session.envelope.rcptTo.map((r) => r.address),
      from: mail.from?.address,
      to: mail.to?.map((a) => a.address),
      subject: mail.subject,
      text: mail.text,
      html: mail.html ?? null,
      messageId: mail.messageId,
      headers: Object.fromEntries(mail.headers.map((h) => [h.key, h.value])),
    }));
    done();
  },
});
server.on('error', () => {}); // a client that goes away in the middle
server.listen(0, '127.0.0.1', () => console.log(server.server.address().port));
process.stdin.on('end', () => process.exit()).resume(); // never outlives the tests
