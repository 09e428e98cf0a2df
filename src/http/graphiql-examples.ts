/** What people do first, a tab for each; the playground opens with them, and keeps what is written into them. */
export interface Example {
  readonly query: string;
  readonly variables?: Readonly<Record<string, string>>;
}

const BEGIN: Example = {
  query: `# wagraph: press the button above, or Ctrl-Enter, to run an operation.
# With an API_KEY set, sign in at /dashboard, or add "Authorization": "Bearer <key>" under Headers below.

# Everything that happens, live:
subscription Events {
  events {
    __typename
    ... on EventDelivery {
      cursor
      event {
        type
        instanceId
        occurredAt
      }
    }
    ... on StreamPosition {
      cursor
    }
  }
}

query Instances {
  instances(first: 20) {
    edges {
      node {
        id
        status
        phoneNumber
      }
    }
  }
}

mutation CreateInstance {
  createInstance(input: { id: "my-instance" }) {
    __typename
    ... on Instance {
      id
      status
    }
    ... on Error {
      code
      message
    }
  }
}
`,
};

const LINK: Example = {
  query: `# The code to scan, drawn anew whenever it changes. \`text\` is what the QR code says.
subscription Link($instanceId: ID!) {
  instance(id: $instanceId) {
    status
    phoneNumber
    qr {
      text
      expiresAt
    }
  }
}

# Or a code to type on the phone.
mutation PairByCode($instanceId: ID!, $phone: String!) {
  requestPairingCode(id: $instanceId, phone: $phone) {
    __typename
    ... on Instance {
      pairingCode {
        code
        expiresAt
      }
    }
    ... on Error {
      code
      message
    }
  }
}
`,
  variables: { instanceId: "my-instance", phone: "5511999990001" },
};

const SEND: Example = {
  query: `# Answered once WhatsApp's server has the message; \`status\` goes on to DELIVERED and READ.
mutation SendText($instanceId: ID!, $to: String!) {
  sendText(input: { instanceId: $instanceId, to: $to, text: "Hello from wagraph" }) {
    __typename
    ... on Message {
      id
      status
    }
    ... on Error {
      code
      message
    }
  }
}

mutation SendImage($instanceId: ID!, $to: String!) {
  sendImage(
    input: {
      instanceId: $instanceId
      to: $to
      media: { url: "https://picsum.photos/600" }
      caption: "By URL"
    }
  ) {
    __typename
    ... on Message {
      id
      status
    }
    ... on Error {
      code
      message
    }
  }
}

mutation SendPoll($instanceId: ID!, $to: String!) {
  sendPoll(
    input: { instanceId: $instanceId, to: $to, question: "When?", options: ["Today", "Tomorrow"] }
  ) {
    __typename
    ... on Message {
      id
      status
    }
    ... on Error {
      code
      message
    }
  }
}
`,
  variables: { instanceId: "my-instance", to: "5511999990002" },
};

const READ: Example = {
  query: `query Chats($instanceId: ID!) {
  chats(instanceId: $instanceId, first: 20) {
    edges {
      node {
        id
        name
        unreadCount
        lastMessage {
          text
          fromMe
          timestamp
        }
      }
    }
  }
}

query Search($instanceId: ID!, $text: String!) {
  messages(instanceId: $instanceId, text: $text, first: 20) {
    edges {
      node {
        uid
        text
        timestamp
        sender {
          name
          pn
        }
      }
    }
  }
}
`,
  variables: { instanceId: "my-instance", text: "invoice" },
};

const WEBHOOKS: Example = {
  query: `# The secret is shown this once: with it receivers verify what they get (Standard Webhooks).
mutation CreateWebhook($instanceId: ID!, $url: String!) {
  createWebhook(instanceId: $instanceId, input: { url: $url, events: ["message.*"] }) {
    __typename
    ... on Webhook {
      id
      secret
    }
    ... on Error {
      code
      message
    }
  }
}

query Webhooks {
  webhooks {
    id
    url
    failingSince
    disabledReason
    statistics {
      pending
      successRate
    }
    deliveries(first: 5) {
      edges {
        node {
          eventType
          state
          attempts {
            at
            status
            error
            response
          }
        }
      }
    }
  }
}
`,
  variables: { instanceId: "my-instance", url: "https://example.com/events" },
};

export const EXAMPLES: readonly Example[] = [BEGIN, LINK, SEND, READ, WEBHOOKS];
