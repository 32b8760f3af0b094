import { CodesStrip } from "../header/codes-strip.tsx";
import { ConnectionNotice } from "../header/connection-notice.tsx";
import { Header } from "../header/header.tsx";
import { QuietStrip } from "../header/quiet-strip.tsx";
import { SimulatedStrip } from "../header/simulated-strip.tsx";
import { BottomBar } from "../navigation/bottom-bar.tsx";
import { KeyboardHelp } from "../navigation/keyboard-help.tsx";
import { Toasts } from "../toasts/toasts.tsx";
import styles from "./app.module.css";
import { GuardedPage } from "./guarded-page.tsx";
import { useFocusOnPageChange } from "./use-focus-on-page-change.ts";
import { useLocale } from "./use-locale.ts";

/** What is around every page. */
export function Shell() {
  const main = useFocusOnPageChange();
  useLocale();
  return (
    <>
      <a className={styles.skip} href="#content">
        Skip to the content
      </a>
      <Header />
      <SimulatedStrip />
      <CodesStrip />
      <QuietStrip />
      <main ref={main} id="content" className={styles.page} tabIndex={-1}>
        <GuardedPage />
      </main>
      <Toasts />
      <BottomBar />
      <ConnectionNotice />
      <KeyboardHelp />
    </>
  );
}
