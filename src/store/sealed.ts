/**
 * What every sealed value is bound to: moved to another row or column it does not open. All of them are named
 * here, so that whoever changes the encryption key reaches all (`reseal.ts`).
 */
export const ownerOf = {
  credentials: (instanceId: string) => `credentials:${instanceId}`,
  signalKey: (instanceId: string, type: string, id: string) => `key:${instanceId}:${type}:${id}`,
  webhookSecret: (id: string) => `webhook:${id}:secret`,
  oldWebhookSecret: (id: string) => `webhook:${id}:old-secret`,
  webhookHeaders: (id: string) => `webhook:${id}:headers`,
  eventCode: (id: string) => `event:${id}`,
  proxy: (instanceId: string) => `proxy:${instanceId}`,
  meta: (name: string) => name,
};
