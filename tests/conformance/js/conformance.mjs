// SPDX-License-Identifier: Apache-2.0
// What the official JavaScript SDK makes of the emulator. The argument is the
// emulator's address; without one the SDK goes where it always goes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { AzurePipelinesCredential, ClientCertificateCredential,
  ClientSecretCredential, DeviceCodeCredential,
  WorkloadIdentityCredential } from '@azure/identity';
import { SecurityCenter } from '@azure/arm-security';
import { SubscriptionClient } from '@azure/arm-resources-subscriptions';

const { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client,
  AZURE_CLIENT_SECRET: secret, EMULATOR_DIR: folder,
  EMULATOR_LOG: log } = process.env;
const ready = JSON.parse(readFileSync(`${folder}/ready.json`, 'utf8'));
const url = process.argv[2];
const audience = 'https://management.azure.com/.default';
const options = url && { endpoint: url, credentialScopes: audience };

const authority = url && { authorityHost: url, disableInstanceDiscovery: true };
const credentialWith = password =>
  new ClientSecretCredential(tenant, client, password, authority);
const credential = credentialWith(secret);
const subscription = n => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const securityOf = n => new SecurityCenter(credential, subscription(n), options);

const [empty, full, readOnly, unregistered, throttled] =
  [1, 2, 3, 4, 6].map(securityOf);

async function all(pages) {
  const items = [];
  for await (const item of pages)
    items.push(item);
  return items;
}

// The requests so far that fit.
const sent = fits => readFileSync(log, 'utf8').trim().split('\n')
  .map(line => JSON.parse(line)).filter(fits);

async function check(what, run) {
  try {
    await run();
    console.log(`ok ${what}`);
  } catch (error) {
    console.log(`not ok ${what}`);
    console.log(error.stack);
  }
}

await check('gets a token', async () => {
  const token = await credential.getToken(audience);
  assert.equal(token.token.split('.').length, 3);
  assert.ok(token.expiresOnTimestamp > Date.now() + 60000);
});

await check("has Entra's words for a wrong secret", () =>
  assert.rejects(credentialWith('wrong').getToken(audience), error => {
    assert.equal(error.name, 'AuthenticationRequiredError');
    assert.match(error.message, /AADSTS7000215: Invalid client secret/);
    return true;
  }));

// Without an address the SDK goes to a page of Microsoft's.
if (url)
  await check('signs a person in with a device code', async () => {
    const person = new DeviceCodeCredential({ tenantId: tenant,
      clientId: client, authorityHost: url, disableInstanceDiscovery: true,
      userPromptCallback: async ({ verificationUri, userCode, message }) => {
        assert.equal(verificationUri, `${url}/devicelogin`);
        assert.ok(message.includes(userCode));
        await fetch(verificationUri, { method: 'POST',
          body: new URLSearchParams({ user_code: userCode }) });
      } });
    const { token } = await person.getToken(audience);
    const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
    assert.equal(claims.scp, 'user_impersonation');
    assert.equal(claims.tid, tenant);
    assert.equal(claims.idtyp, undefined);
  });

await check('lists the subscriptions of all pages', async () => {
  const client = new SubscriptionClient(credential, options);
  const pages = await all(client.subscriptions.list().byPage());
  assert.deepEqual(pages.map(page => page.map(item => item.displayName)), [
    ['Burgerzaken', 'Financiën'], ['Archief', 'Loket'], ['Netwerk', 'Werkplek']]);
  assert.equal(pages[2][0].state, 'Disabled');
  assert.equal(pages[0][0].tenantId, tenant);
});

await check('gets a subscription and the tenants', async () => {
  const client = new SubscriptionClient(credential, options);
  const found = await client.subscriptions.get(subscription(2));
  assert.equal(found.displayName, 'Financiën');
  const tenants = await all(client.tenants.list());
  assert.deepEqual(tenants.map(item => item.tenantId), [tenant]);
});

await check('lists no contact', async () => {
  assert.deepEqual(await all(empty.securityContacts.list()), []);
});

await check('lists a contact for each address', async () => {
  const contacts = await all(full.securityContacts.list());
  assert.deepEqual(contacts.map(contact => [contact.name, contact.email,
    contact.alertNotifications, contact.alertsToAdmins]), [
    ['soc-contoso.nl', 'soc@contoso.nl', 'On', 'On'],
    ['csirt-contoso.nl', 'csirt@contoso.nl', 'On', 'On']]);
  assert.equal(contacts[0].phone, '+31 20 123 4567');
});

await check('creates, gets, updates and deletes a contact', async () => {
  const { securityContacts } = empty;
  const made = await securityContacts.create('default1', {
    email: 'soc@contoso.nl', phone: '112', alertNotifications: 'On',
    alertsToAdmins: 'On' });
  assert.equal(made.type, 'Microsoft.Security/securityContacts');
  const got = await securityContacts.get('default1');
  assert.equal(got.email, 'soc@contoso.nl');
  assert.equal(got.phone, '112');
  const updated = await securityContacts.update('default1', {
    alertsToAdmins: 'Off' });
  assert.equal(updated.alertsToAdmins, 'Off');
  assert.equal(updated.email, 'soc@contoso.nl');
  await securityContacts.delete('default1');
  assert.deepEqual(await all(securityContacts.list()), []);
});

await check('has the code of a 404', () =>
  assert.rejects(empty.securityContacts.get('default1'), {
    name: 'RestError', statusCode: 404, code: '404' }));

await check('has the code where the provider is not registered', () =>
  assert.rejects(all(unregistered.securityContacts.list()), {
    name: 'RestError', statusCode: 404, code: 'Subscription Not Registered' }));

await check('has the code of a 403', () =>
  assert.rejects(readOnly.securityContacts.create('default1', {
    email: 'soc@contoso.nl', alertNotifications: 'On', alertsToAdmins: 'On' }), {
    name: 'RestError', statusCode: 403, code: 'AuthorizationFailed' }));

await check('has the code of a 400', () =>
  assert.rejects(empty.securityContacts.create('default1', {
    email: 'soc@contoso.nl;csirt@contoso.nl', alertNotifications: 'On',
    alertsToAdmins: 'On' }), {
    name: 'RestError', statusCode: 400, code: 'InvalidInputJson' }));

await check('waits out a Retry-After, twice', async () => {
  const contacts = await all(throttled.securityContacts.list());
  assert.deepEqual(contacts.map(contact => contact.name), ['default']);
  assert.deepEqual(sent(request => request.path.includes(subscription(6)))
    .map(request => request.status), [429, 429, 200]);
});

await check("lists Defender's plans and its location", async () => {
  const { value } = await full.pricings.list();
  assert.ok(value.some(plan => plan.name === 'VirtualMachines'
    && plan.pricingTier === 'Standard'));
  const locations = await all(full.locations.list());
  assert.deepEqual(locations.map(location => location.name), ['westeurope']);
});

await check('simulates an alert', () =>
  full.alerts.simulate('westeurope', { properties: {
    kind: 'Bundles', bundles: ['VirtualMachines'] } }));

// One for itself, a refused one, and one that claims challenges may revoke,
// for all clients.
await check('asks for no more tokens than it must', () => {
  const tokens = sent(request => request.path.endsWith('/oauth2/v2.0/token')
    && request.form.grant_type === 'client_credentials');
  assert.deepEqual(tokens.map(request => request.status), [200, 401, 200]);
});

// The assertion of the last token request.
const assertion = () =>
  sent(line => line.form?.client_assertion).at(-1).form.client_assertion;

await check('signs in with a certificate', async () => {
  const token = await new ClientCertificateCredential(tenant, client,
    ready.certificateFile, authority).getToken(audience);
  assert.equal(token.token.split('.').length, 3);
  assert.match(assertion().header.alg, /^[RP]S256$/);
  assert.equal(assertion().header.x5c, undefined);
});

await check('signs in with a certificate, and sends its chain', async () => {
  await new ClientCertificateCredential(tenant, client, ready.certificateFile,
    { ...authority, sendCertificateChain: true }).getToken(audience);
  assert.equal(assertion().header.x5c.length, 1);
});

await check("signs in with a cluster's token", async () => {
  await new WorkloadIdentityCredential({ ...authority, tenantId: tenant,
    clientId: client, tokenFilePath: ready.federatedTokenFile })
    .getToken(audience);
  assert.match(assertion().claims.sub, /^system:serviceaccount:/);
});

await check('signs in as a job of Azure Pipelines', async () => {
  process.env.SYSTEM_OIDCREQUESTURI = ready.pipelinesOidcUrl;
  const credentialOf = token => new AzurePipelinesCredential(tenant, client,
    ready.serviceConnectionId, token, authority);
  await credentialOf(ready.pipelinesOidcToken).getToken(audience);
  assert.match(assertion().claims.sub, /^sc:/);
  await assert.rejects(credentialOf('wrong').getToken(audience),
    /Status code: (302|401)/);
});
