// SPDX-License-Identifier: Apache-2.0
// What the official JavaScript SDK makes of the identities of a machine. The
// argument is the platform, for display; its environment is set.
import assert from 'node:assert/strict';
import { ManagedIdentityCredential } from '@azure/identity';

const [platform, client, none] = process.argv.slice(2);
const scope = 'https://management.azure.com/.default';
const claims = token => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

async function check(what, run) {
  try {
    await run();
    console.log(`ok ${platform}: ${what}`);
  } catch (error) {
    console.log(`not ok ${platform}: ${what}`);
    console.log(error.stack);
  }
}

await check('gets a token', async () => {
  const token = await new ManagedIdentityCredential().getToken(scope);
  assert.equal(claims(token.token).appid, client);
  assert.ok(token.expiresOnTimestamp > Date.now() + 60000);
});

if (none)
  await check('is refused an identity that is not assigned', () =>
    assert.rejects(new ManagedIdentityCredential(none).getToken(scope)));
