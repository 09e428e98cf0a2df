/**
 * A self-signed certificate for the two names in the documentation's curl lines, and its key. They
 * protect nothing and have only to stay valid, here until 2125.
 */
export const DOCUMENTED_NAMES = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBWjCCAQGgAwIBAgIBATAKBggqhkjOPQQDAjAYMRYwFAYDVQQDEw13YWdyYXBo
IHRlc3RzMCAXDTI1MDEwMTAwMDAwMFoYDzIxMjUwMTAxMDAwMDAwWjAYMRYwFAYD
VQQDEw13YWdyYXBoIHRlc3RzMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAExxXI
k9PTX9FmP3BKU273jAtuoUPBOxAdlVo6r9Qgsf8lPeFhYnKihH9RJgDqtkauScqF
XwZhSZDKmXOT8E+fTqM6MDgwDAYDVR0TBAUwAwEB/zAoBgNVHREEITAfghB5b3Vy
LXdlYmhvb2suY29tggtleGFtcGxlLmNvbTAKBggqhkjOPQQDAgNHADBEAiASIjOE
TTuNbt5g7uEDJnf9aNWp04RIN4DqR3PQ1eAXyQIgLMQQGgAg5nvkq095CaalBMfY
pswu58UstlfgkE0NiUU=
-----END CERTIFICATE-----`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgZe8h3agfMfTQ8vMf
6s/sfXqmSpjrMuvQX7s7w5/77vShRANCAATHFciT09Nf0WY/cEpTbveMC26hQ8E7
EB2VWjqv1CCx/yU94WFicqKEf1EmAOq2Rq5JyoVfBmFJkMqZc5PwT59O
-----END PRIVATE KEY-----`,
} as const;
