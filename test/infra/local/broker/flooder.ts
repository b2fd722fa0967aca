/** One thing that says as much as its line carries, without a pause and without listening: a firmware gone wild. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { connectPacket, publishPacket } from './broker-harness.ts';
import { FLOODER, floodFileSchema } from './flood.ts';

const AT_ONCE = 200;

const { port, ca, flooder } = floodFileSchema.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
const socket = connect({ host: '127.0.0.1', port, ca, cert: flooder.cert, key: flooder.key });
await once(socket, 'secureConnect');
socket.write(connectPacket(FLOODER));
await once(socket, 'data');
const now = { isOver: false, disconnected: false };
let sent = 0;
let goOn: () => void = () => undefined;
socket.on('data', () => undefined);
socket.on('error', () => undefined);
socket.on('drain', () => goOn());
socket.on('close', () => {
  now.disconnected = true;
  goOn();
});

process.send?.('connected');
await once(process, 'message');
process.on('message', () => {
  now.isOver = true;
  goOn();
});
const packets = Buffer.concat(Array.from({ length: AT_ONCE }, (_, index) => publishPacket(`dt/nachschub/${FLOODER}/telemetry`, '{"wild":true}', index + 1)));
process.send?.('flooding');
while (!now.isOver && !now.disconnected) {
  const drained = new Promise<void>((resolve) => (goOn = resolve));
  const isFull = !socket.write(packets);
  sent += AT_ONCE;
  // Also when it is not: whoever never waits does not hear that it is over.
  await (isFull ? drained : new Promise((resolve) => setImmediate(resolve)));
}
process.send?.({ sent, disconnected: now.disconnected });
