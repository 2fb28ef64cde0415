// Before all journeys: a database and pictures with the demo stores, which each server then copies. To make them anew for
// each of seventy servers would take a minute and a half.
import { Server } from './server.mjs';

export default async function setUp() {
  const made = await Server.prepare();
  process.env.TABLEORDER_TEMPLATE = JSON.stringify({ name: made.name, media: made.media });
  return () => made.stop();
}
