interface Snippet {
  readonly name: string;
  readonly code: string;
}

/** The same as in docs/webhooks.md; a test holds them to it. */
export const SNIPPETS: readonly [Snippet, ...Snippet[]] = [
  {
    name: "Node",
    code: `// Node: npm install standardwebhooks; express.raw({ type: "application/json" }) keeps the bytes
import { Webhook } from "standardwebhooks";
const event = new Webhook(secret).verify(request.body, request.headers); // throws if it is not from the gateway`,
  },
  {
    name: "Python",
    code: `# Python: pip install standardwebhooks
from standardwebhooks import Webhook
event = Webhook(secret).verify(request.get_data(), request.headers)`,
  },
  {
    name: "Go",
    code: `// Go: go get github.com/standard-webhooks/standard-webhooks/libraries/go
wh, err := standardwebhooks.NewWebhook(secret)
if err == nil { err = wh.Verify(body, r.Header) }`,
  },
  {
    name: "PHP",
    code: `<?php // PHP, without a library
$body = file_get_contents('php://input');
$at = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'];
$key = base64_decode(substr($secret, strlen('whsec_')));
$wanted = 'v1,' . base64_encode(hash_hmac('sha256', "{$_SERVER['HTTP_WEBHOOK_ID']}.$at.$body", $key, true));
$found = array_filter(explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE']), fn($one) => hash_equals($wanted, $one));
if (!$found || abs(time() - (int) $at) > 300) { http_response_code(401); exit; }`,
  },
  {
    name: "Ruby",
    code: `# Ruby, without a library
require "openssl"
require "base64"
body = request.body.read
id, at, given = %w[ID TIMESTAMP SIGNATURE].map { |name| request.env["HTTP_WEBHOOK_#{name}"].to_s }
key = Base64.decode64(secret.delete_prefix("whsec_"))
wanted = "v1," + Base64.strict_encode64(OpenSSL::HMAC.digest("SHA256", key, "#{id}.#{at}.#{body}"))
genuine = given.split.any? { |one| OpenSSL.secure_compare(one, wanted) }
halt 401 unless genuine && (Time.now.to_i - at.to_i).abs <= 300`,
  },
];
