import { lazy, Suspense } from "react";
import { useSession } from "./api/session.ts";
import { ChatPage } from "./chat/page.tsx";
import { EventsPage } from "./events/page.tsx";
import { InstancesPage } from "./instances/page.tsx";
import { Link } from "./shell/link.tsx";
import { useRoute } from "./shell/route.ts";
import { Shell } from "./shell/shell.tsx";
import { SignIn } from "./shell/sign-in.tsx";
import { Page } from "./ui/page.tsx";
import { Empty, SkeletonRows } from "./ui/state.tsx";
import { Toasts } from "./ui/toast.tsx";
import { useWords } from "./words/words.ts";

// Asked for when they are opened: most people come for the pages above.
const WebhooksPage = lazy(() => import("./webhooks/page.tsx"));
const WebhookPage = lazy(() => import("./webhooks/webhook-page.tsx"));
const QueuePage = lazy(() => import("./queue/page.tsx"));
const SettingsPage = lazy(() => import("./settings/page.tsx"));
const KeysPage = lazy(() => import("./keys/page.tsx"));
const AuditPage = lazy(() => import("./keys/audit-page.tsx"));
const PhonesPage = lazy(() => import("./phones/page.tsx"));
const HealthPage = lazy(() => import("./health/page.tsx"));

export function App() {
  const session = useSession();
  return (
    <>
      {session.kind === "unknown" && <Waiting />}
      {session.kind === "out" && <SignIn wasIn={session.wasIn} />}
      {session.kind === "in" && (
        <Shell session={session}>
          <Suspense fallback={<SkeletonRows count={6} />}>
            <Routed />
          </Suspense>
        </Shell>
      )}
      <Toasts />
    </>
  );
}

/** The gateway has not said yet who we are: nothing is shown for a blink, and a word after that. */
function Waiting() {
  const words = useWords();
  return (
    <p role="status" className="grid h-dvh place-items-center text-muted">
      {words.loading}
    </p>
  );
}

function Routed() {
  const words = useWords();
  const [page = "instances", ...rest] = useRoute();
  switch (page) {
    case "instances":
      return <InstancesPage />;
    case "chat":
      return <ChatPage instanceId={rest[0]} chatId={rest[1]} />;
    case "events":
      return <EventsPage />;
    case "webhooks":
      return rest[0] === undefined ? <WebhooksPage /> : <WebhookPage key={rest[0]} id={rest[0]} />;
    case "queue":
      return <QueuePage />;
    case "settings":
      return <SettingsPage instanceId={rest[0]} />;
    case "keys":
      return <KeysPage />;
    case "audit":
      return <AuditPage />;
    case "phones":
      return <PhonesPage phone={rest[0]} />;
    case "health":
      return <HealthPage />;
    default:
      return (
        <Page title={words.notFound.title}>
          <Empty
            icon="search"
            title={words.notFound.title}
            action={
              <Link to="/" className="font-medium text-accent-ink underline">
                {words.nav.instances}
              </Link>
            }
          >
            {words.notFound.about}
          </Empty>
        </Page>
      );
  }
}
