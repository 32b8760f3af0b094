/** Made from openapi.json by scripts/openapi.ts; not to be changed by hand. */
export interface paths {
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this process counts and measures, for Prometheus */
        get: operations["getPrometheusMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insights": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List insights, newest first, or search in them */
        get: operations["getInsights"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insights/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many insights a filter leaves, by category, kind, status and confidence */
        get: operations["getInsightsFacets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insights/latest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest insight that a filter leaves */
        get: operations["getInsightsLatest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insights/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All insights that a filter leaves, newest first, as a file */
        get: operations["getInsightsExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insights/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One insight with its evidence */
        get: operations["getInsightsId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insights/{id}/related": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Insights of a week around one that share whom it is about, its block or its kind; the closest first */
        get: operations["getInsightsIdRelated"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insights/{id}/outcome": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came of what an insight claims, and of every statement that was entered for it */
        get: operations["getInsightsIdOutcome"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insights/{id}/bundle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that an insight follows from, as a file that utxoiq verify --file computes it from again */
        get: operations["getInsightsIdBundle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insights/{id}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Surprise, attribution certainty and confidence of an insight, each with what lies behind it */
        get: operations["getInsightsIdExplanation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/forecasts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is forecast now, and why something is not */
        get: operations["getForecasts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scorecard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came of all that was said about blocks to come */
        get: operations["getScorecard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/briefs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the briefs of days, newest first */
        get: operations["getBriefs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/briefs/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The brief of a day, with where its insights stand now; .md and .html give it as a text */
        get: operations["getBriefsDate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/briefs/{date}.md": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The brief of a day as Markdown */
        get: operations["getBriefsDateMd"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/briefs/{date}.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The brief of a day as a page */
        get: operations["getBriefsDateHtml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/briefs/{date}/pictures/{number}.svg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The picture of an event of a brief, counted from 1 */
        get: operations["getBriefsDatePicturesNumberSvg"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/briefs/{date}/pictures/{number}.png": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as PNG */
        get: operations["getBriefsDatePicturesNumberPng"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/insights.atom": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest insights as an Atom feed */
        get: operations["getFeedsInsightsAtom"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/briefs.atom": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest briefs as an Atom feed */
        get: operations["getFeedsBriefsAtom"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest stored block */
        get: operations["getTip"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stored blocks, highest first, all or of a range of heights, or the newest of them in another order */
        get: operations["getBlocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blocks/{block}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One block by height or hash: its features, flows, large transfers and insights */
        get: operations["getBlocksBlock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Transfers of 100 BTC and more, or watched, newest first, with the parties that labels know */
        get: operations["getTransfers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transactions/{txid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A transaction that is among the kept transfers, and the insights that cite it */
        get: operations["getTransactionsTxid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transactions/{txid}/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Any transaction: what is stored of it, else what the node says of it, else where to look */
        get: operations["getTransactionsTxidLookup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who mined the blocks of the last days, and their shares */
        get: operations["getPools"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What stood out in stored blocks, the highest block first, whether an insight tells of it or not */
        get: operations["getSignals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every metric with unit, formula, and how many blocks have it */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/series/{metric}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A metric over time, block by block or by hours and days */
        get: operations["getSeriesMetric"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/entities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Labelled entities that received or spent something in the last days, those that moved most first */
        get: operations["getEntities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/entities/{actor}/flows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an entity received and spent by hours or days */
        get: operations["getEntitiesActorFlows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Labels entity by entity: what is known of which address, since when and from which file */
        get: operations["getLabels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mempool": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits to be mined, as last seen, and the blocks that could be made of it */
        get: operations["getMempool"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mempool/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waited over time, by bands of fee rates */
        get: operations["getMempoolHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fees/recommended": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fee rates by what waits now, beside what is forecast */
        get: operations["getFeesRecommended"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitoring/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** State of every component, measured */
        get: operations["getMonitoringStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers */
        get: operations["getLivez"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether requests can be served, check by check */
        get: operations["getReadyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitoring/backfill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Backfills and how far they are, newest first */
        get: operations["getMonitoringBackfill"];
        put?: never;
        /** Read older blocks, or stored ones anew */
        post: operations["postMonitoringBackfill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitoring/backfill/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One backfill with what failed last */
        get: operations["getMonitoringBackfillId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitoring/backfill/{id}/{change}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pause, resume, cancel or retry a backfill */
        post: operations["postMonitoringBackfillIdChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitoring/metrics/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Memory, processor, answers and database over time, as measured */
        get: operations["getMonitoringMetricsSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitoring/metrics/signals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Signals of stored blocks over time, by kind */
        get: operations["getMonitoringMetricsSignals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitoring/metrics/insights": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Insights over time, by category and status, with their mean confidence */
        get: operations["getMonitoringMetricsInsights"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which source is read and which was chosen, and how far reading is */
        get: operations["getSetup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask a node, or another source, whether blocks can be read from it */
        post: operations["postSetupTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup/source": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Read blocks from there, now and after each start */
        put: operations["putSetupSource"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events as they happen (Server-Sent Events), resumed after Last-Event-ID or since */
        get: operations["getEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who the server takes you for */
        get: operations["getSession"];
        put?: never;
        post?: never;
        /** Sign this browser out, as operator and of an account */
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Browsers that the operator's link was opened in, the newest first */
        get: operations["getOperatorSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign a browser of the operator's out */
        delete: operations["deleteOperatorSessionsSessionId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign this browser in to an account, or ask for a code first */
        post: operations["postAuthSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sign-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an account: where registration is open, by an invitation, or as the operator */
        post: operations["postAuthSignUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm an e-mail address by the token that was mailed */
        post: operations["postAuthVerifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/verify-email/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mail that token again, if it is needed */
        post: operations["postAuthVerifyEmailSend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/reset-password/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mail a token that sets a new password, if there is such an account */
        post: operations["postAuthResetPasswordSend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a new password by the token that was mailed; every session ends */
        post: operations["postAuthResetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your account */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change your name, time zone or language */
        patch: operations["patchAccount"];
        trace?: never;
    };
    "/api/v1/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set another password; every other session ends */
        post: operations["postAccountPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where you are signed in */
        get: operations["getAccountSessions"];
        put?: never;
        post?: never;
        /** Sign out everywhere */
        delete: operations["deleteAccountSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign one device out */
        delete: operations["deleteAccountSessionsSessionId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mail a link to another address, which is your account's once it is opened */
        post: operations["postAccountEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/confirm-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change the address of an account by the token that was mailed to it */
        post: operations["postAuthConfirmEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that is kept about you */
        get: operations["getAccountExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you said of insights, the newest first */
        get: operations["getAccountFeedback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete your account; what you said of insights stays, and stands for nobody */
        post: operations["postAccountDelete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/providers/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Where a browser has to go to sign in by another's word */
        post: operations["postAuthProvidersProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/firebase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in by an ID token of Firebase Authentication */
        post: operations["postAuthFirebase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign this browser in: the code that follows the password, or a recovery code */
        post: operations["postAuthSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether codes are asked for, and how many recovery codes are left */
        get: operations["getAccountSecondFactor"];
        put?: never;
        /** What an app for codes needs; it counts from the first code on */
        post: operations["postAccountSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for codes from now on, by the first of them; every other session ends */
        post: operations["postAccountSecondFactorConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/second-factor/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for codes no more */
        post: operations["postAccountSecondFactorEnd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Other recovery codes in the place of those that were told */
        post: operations["postAccountSecondFactorRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Others whose word opens your account */
        get: operations["getAccountMethods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/methods/{methodId}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have another's word open your account no more, unless nothing else does */
        post: operations["postAccountMethodsMethodIdRemove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/passkey/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a browser is asked to sign in by a passkey */
        post: operations["postAuthPasskeyOptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign this browser in by a passkey */
        post: operations["postAuthPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your passkeys */
        get: operations["getAccountPasskeys"];
        put?: never;
        /** Keep a passkey that a browser has made */
        post: operations["postAccountPasskeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a browser is asked to make a passkey for your account */
        post: operations["postAccountPasskeysOptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/passkeys/{passkeyId}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forget a passkey */
        post: operations["postAccountPasskeysPasskeyIdRemove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your keys that still count */
        get: operations["getAccountKeys"];
        put?: never;
        /** Make a key; it is told this once */
        post: operations["postAccountKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/keys/{keyId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a key that takes another's place; the other goes on for a while */
        post: operations["postAccountKeysKeyIdRotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a key */
        delete: operations["deleteAccountKeysKeyId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A token (JWT) that says who you are for a quarter of an hour, and what renews it */
        post: operations["postAccountToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The next token, and what renews that */
        post: operations["postAuthToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tiers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each tier may have, the least first */
        get: operations["getTiers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tiers/{tier}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Give a tier more or less; it counts from the next request on */
        patch: operations["patchTiersTier"];
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody who has an account, newest first */
        get: operations["getPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{personId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Give somebody another role or tier, or keep them out
         * @description To make an administrator, or to turn codes off, an administrator shows once more who they are: the password, and a code of whoever has them.
         */
        patch: operations["patchPeoplePersonId"];
        trace?: never;
    };
    "/api/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invitations that nobody has used yet */
        get: operations["getInvitations"];
        put?: never;
        /** Mail somebody a link with which they make an account */
        post: operations["postInvitations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{invitationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an invitation back */
        delete: operations["deleteInvitationsInvitationId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feedback/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people said of several insights, and what you said */
        get: operations["getFeedbackStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feedback/insights/{id}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people said of an insight, and what you said */
        get: operations["getFeedbackInsightsIdStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feedback/insights/{id}/rate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give one to five stars, once a person */
        post: operations["postFeedbackInsightsIdRate"];
        /** Withdraw your stars */
        delete: operations["deleteFeedbackInsightsIdRate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feedback/insights/{id}/comment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Comment on an insight, in plain text */
        post: operations["postFeedbackInsightsIdComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feedback/insights/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Comments on an insight, newest first */
        get: operations["getFeedbackInsightsIdComments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feedback/insights/{id}/flag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what is wrong with an insight */
        post: operations["postFeedbackInsightsIdFlag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feedback/moderation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest flags and comments, hidden ones among them */
        get: operations["getFeedbackModeration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feedback/comments/{commentId}/hide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hide a comment, or show it again */
        post: operations["postFeedbackCommentsCommentIdHide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed what, newest first */
        get: operations["getAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/denials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who was refused what, counted by the hour, the latest first */
        get: operations["getAuditDenials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/blocks/tip/height": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Height of the newest block (Esplora) */
        get: operations["getApiBlocksTipHeight"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/blocks/tip/hash": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Hash of the newest block (Esplora) */
        get: operations["getApiBlocksTipHash"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/block-height/{height}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Hash of the block at a height (Esplora) */
        get: operations["getApiBlockHeightHeight"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/block/{hash}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A block (Esplora) */
        get: operations["getApiBlockHash"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/block/{hash}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a block is in the best chain (Esplora) */
        get: operations["getApiBlockHashStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ten newest blocks (Esplora) */
        get: operations["getApiBlocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/blocks/{height}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ten blocks from a height down (Esplora) */
        get: operations["getApiBlocksHeight"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tx/{txid}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** In which block a transaction is, of those that are kept (Esplora) */
        get: operations["getApiTxTxidStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mempool": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits to be mined (Esplora) */
        get: operations["getApiMempool"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/fee-estimates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fee rates by blocks that one waits (Esplora) */
        get: operations["getApiFeeEstimates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/metrics/{category}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A series by hours or days under Glassnode's path and parameters */
        get: operations["getV1MetricsCategoryName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insights/{id}/picture.svg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The chart of an insight, its event marked */
        get: operations["getInsightsIdPictureSvg"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insights/{id}/sparkline.svg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Its row of numbers alone, as small as beside a headline */
        get: operations["getInsightsIdSparklineSvg"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insights/{id}/picture.png": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as PNG */
        get: operations["getInsightsIdPicturePng"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insights/{id}/chart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The numbers of its chart, block by block */
        get: operations["getInsightsIdChart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        TierInput: {
            /** @enum {string} */
            name: "free" | "pro" | "power";
            /** @description By all keys and tokens of a person */
            requestsPerHour: number;
            /** @description That count at the same time */
            keys: number;
            /** @description In one file */
            exportedInsights: number;
        };
        PersonInput: {
            id: string;
            name: string;
            email: string;
            /** @enum {string} */
            role: "member" | "analyst" | "service" | "admin";
            /** @enum {string} */
            tier: "free" | "pro" | "power";
            blocked: boolean;
            timeZone: string | null;
            locale: string | null;
            /** @description Whether a mail tells of keys that end soon */
            mailsKeyReminders: boolean;
            /** @description Whether a code is asked for beside the password */
            secondFactor: boolean;
            /** Format: date-time */
            createdAt: string;
        };
        InvitationInput: {
            id: string;
            email: string;
            /** @enum {string} */
            role: "member" | "analyst" | "service" | "admin";
            /** Format: date-time */
            expiresAt: string;
        };
        PasskeyProofInput: {
            id: string;
            rawId: string;
            /** @constant */
            type: "public-key";
            /** @enum {string} */
            authenticatorAttachment?: "platform" | "cross-platform";
            clientExtensionResults: {
                [key: string]: unknown;
            };
            response: {
                clientDataJSON: string;
                authenticatorData: string;
                signature: string;
                userHandle?: string;
            };
        };
        MadePasskeyInput: {
            id: string;
            rawId: string;
            /** @constant */
            type: "public-key";
            /** @enum {string} */
            authenticatorAttachment?: "platform" | "cross-platform";
            clientExtensionResults: {
                [key: string]: unknown;
            };
            response: {
                clientDataJSON: string;
                attestationObject: string;
                /** @default [] */
                transports: string[];
            };
        };
        ChartSpecInput: {
            series: {
                name: string;
                /** @enum {string} */
                unit: "sats" | "sat/vB" | "count" | "percent" | "ratio" | "seconds" | "days" | "coin-days" | "H/s" | "WU";
                of: {
                    /** @constant */
                    from: "block";
                    field: string;
                } | {
                    /** @constant */
                    from: "flows";
                    entity: {
                        actor: string;
                        kind: string;
                    };
                    /** @enum {string} */
                    side: "inflow" | "outflow" | "net" | "to-labelled" | "to-unlabelled";
                };
            };
            window: {
                fromHeight: number;
                toHeight: number;
            };
            marks: {
                event: {
                    fromHeight: number;
                    toHeight: number;
                };
                /** @description What is usual, in the unit of the series */
                usual: number | null;
            };
        };
        InsightInput: {
            /** @description Hash of kind, statement and anchor */
            id: string;
            /** @enum {string} */
            kind: "fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch";
            /** @enum {string} */
            category: "mempool" | "exchange" | "miner" | "whale" | "network" | "predictive";
            /** @enum {string} */
            status: "preliminary" | "confirmed" | "retracted";
            /** @description Why the status is what it is, where it needs a reason */
            statusReason: string | null;
            headline: string;
            summary: string;
            /** @description Where headline and summary are a language model's: whose, and the text that was published first; null: they are the template's */
            wording: {
                /** @description <provider>:<model> */
                model: string;
                template: {
                    headline: string;
                    summary: string;
                };
            } | null;
            height: number;
            blockHash: string;
            /**
             * Format: date-time
             * @description Header time of the block (chain time)
             */
            blockTime: string;
            /** @description The block in which it stood out first; an event that goes on is updated in later ones */
            firstSeen: {
                height: number;
                blockHash: string;
                /** Format: date-time */
                time: string;
            };
            /** @description The block that told of it first: the order of lists. Later than firstSeen where it had to grow */
            publishedHeight: number;
            /** @description Rank in its own history; null when there is too little of it */
            surprise: {
                percentile: number;
                sampleSize: number;
            } | null;
            /** @description How often such claims came true; null: nothing is claimed, or too few outcomes are known */
            confidence: number | null;
            /** @description How sure labels are of whom it names, the least sure of them; null: nobody is named, or labels do not say */
            attributionCertainty: number | null;
            evidence: {
                /** @description What had to hold for the signal to be raised */
                rule: string;
                /** @description Whom it is about; null: the chain as a whole */
                subject: {
                    actor: string;
                    kind: string;
                } | null;
                /** @description What is claimed about blocks to come; null: the insight describes what was */
                claim: {
                    text: string;
                    decidedAtHeight: number;
                    learntFrom: string | null;
                    outcomes: number | null;
                    /** @description What its confidence follows from: by how much it passed what it had to, on the scale of its kind */
                    score: number | null;
                    /** @description Claims with a score like it that were decided when it was told; null: too few */
                    alike: {
                        count: number;
                        came: number;
                    } | null;
                    /** @description What blocks decided, as the scorecard has it; null: as it was when a brief told it */
                    outcome: ("open" | "true" | "false" | "unknown") | null;
                    /** @description The block that decided it */
                    outcomeHeight: number | null;
                } | null;
                /** @description Versions of utxoIQ and of the node's labels; null: an earlier version, which did not say */
                madeBy: {
                    program: string;
                    labelVersion: number;
                    /** @description Share of the block's value whose owner is known */
                    labelCoverage: number | null;
                    /** @description The lowest block that was known, where that is not as far back as its kind looks; null: it was, or an earlier version */
                    fromHeight: number | null;
                } | null;
                /** @description Whom it names and how sure that is; null: an earlier version, which did not say */
                attribution: {
                    /** @description Of the least sure of its parties; null: nobody is named, or labels do not say how sure they are */
                    certainty: number | null;
                    /** @description Whom it names, each with how sure the labels are by which its coins were known */
                    parties: {
                        actor: string;
                        kind: string;
                        certainty: number | null;
                    }[];
                } | null;
                /** @description In which it was told, and of an event that goes on the one on which it stands */
                blocks: {
                    hash: string;
                    height: number;
                    /** Format: date-time */
                    time: string;
                }[];
                /** @description The first block that it is about; null: one alone, or an earlier version */
                begins: {
                    hash: string;
                    height: number;
                    /** Format: date-time */
                    time: string;
                } | null;
                transactions: {
                    txid: string;
                    valueSats: number;
                    feeSats: number;
                    toAddress: string | null;
                    /** @description Who spends, by labels; null where none tells */
                    from: {
                        actor: string;
                        kind: string;
                    } | null;
                    /** @description The largest receiver, by labels; null where none tells */
                    to: {
                        actor: string;
                        kind: string;
                    } | null;
                    /** @description null: an earlier version, which did not say */
                    inputs: number | null;
                    outputs: number | null;
                }[];
                metrics: {
                    name: string;
                    /** @enum {string} */
                    unit: "sats" | "sat/vB" | "count" | "percent" | "ratio" | "seconds" | "days" | "coin-days" | "H/s" | "WU";
                    value: number;
                    baseline: number | null;
                    percentile: number | null;
                    sampleSize: number | null;
                }[];
                slots: {
                    [key: string]: {
                        /** @enum {string} */
                        unit: "sats" | "sat/vB" | "count" | "percent" | "ratio" | "seconds" | "days" | "coin-days" | "H/s" | "WU" | "height";
                        value: number;
                    } | {
                        /** @enum {string} */
                        unit: "txid" | "address" | "name";
                        value: string;
                    };
                };
            };
            /** @description Category, kinds of signal that told of it, and whom it names */
            tags: string[];
            /** @description What to draw; null where no series shows it */
            chart: components["schemas"]["ChartSpecInput"] | null;
            simulated: boolean;
            /** @description The latest event that concerns this insight */
            eventId: number;
        };
        FeedbackStatsInput: {
            /** @description Of the insight */
            insightId: string;
            ratings: {
                count: number;
                /** @description null: nobody has rated it */
                average: number | null;
                /** @description How many gave one star, two, … five */
                distribution: number[];
            };
            comments: number;
            /** @description People who flagged it, each once */
            flags: number;
        };
        FeedbackInput: {
            /** @description Of the insight */
            insightId: string;
            ratings: {
                count: number;
                /** @description null: nobody has rated it */
                average: number | null;
                /** @description How many gave one star, two, … five */
                distribution: number[];
            };
            comments: number;
            /** @description People who flagged it, each once */
            flags: number;
            mine: {
                stars: number | null;
                flags: ("inaccurate" | "misleading" | "spam" | "inappropriate" | "other")[];
            };
        };
        CommentInput: {
            id: number;
            /** @description Of the insight */
            insightId: string;
            /** Format: date-time */
            at: string;
            text: string;
            /** @description The same for all comments of one person, and nothing else of them */
            author: string;
            mine: boolean;
            /** @description Only the operator is given hidden ones */
            hidden: boolean;
            hiddenReason: string | null;
        };
        BackfillJobInput: {
            id: number;
            fromHeight: number;
            toHeight: number;
            /** @description What alone is made; null: features, then signals with insights */
            only: ("features" | "signals") | null;
            /** @enum {string} */
            status: "queued" | "running" | "paused" | "done" | "cancelled" | "failed";
            /**
             * @description What is being made, or was last; blocks and percent are of this part
             * @enum {string}
             */
            part: "features" | "signals";
            askedBy: string;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            /** @description null until the ranges are planned */
            blocksTotal: number | null;
            blocksDone: number;
            blocksLeft: number | null;
            percent: number | null;
            /** @description The block that was done last */
            currentHeight: number | null;
            /** @description Smoothed over half a minute */
            blocksPerSecond: number | null;
            etaSeconds: number | null;
            /** @description Workers that stored something in the last ten seconds */
            workers: number;
            errorCount: number;
            /** @description Blocks that failed and are left out until a retry */
            parkedCount: number;
            failure: {
                code: string;
                message: string;
            } | null;
        };
        BackfillListInput: {
            /** @description The connected blocks that are stored; null while there are none */
            stored: {
                first: number;
                last: number;
            } | null;
            /** @description The newest first, at most fifty */
            jobs: components["schemas"]["BackfillJobInput"][];
        };
        BriefScoreInput: {
            /** @description log10 of once in how many blocks; 1 where no rank is known */
            surprise: number;
            /** @description 0.5 where nothing is claimed, or too few outcomes are known */
            confidence: number;
            /** @description Halved for each event before it of its category, and of its entity */
            diversity: number;
            product: number;
        };
        EntityInput: {
            actor: string;
            kind: string;
        };
        BlockLineInput: {
            height: number;
            hash: string;
            /**
             * Format: date-time
             * @description Header time
             */
            time: string;
            /** @description null: nobody is known to have mined it */
            pool: string | null;
            txs: number;
            /** @description Bytes */
            size: number;
            /** @description Weight units; 4,000,000 at most */
            weight: number;
            /** @description Satoshis; null where the block came without spent outputs */
            fees: number | null;
            /** @description 10th, 50th and 90th percentile by weight, sat/vB */
            feeRates: {
                low: number;
                median: number;
                high: number;
            } | null;
            /** @description Value of all outputs but the coinbase's, satoshis */
            totalOut: number;
            /** @description Satoshis */
            subsidy: number;
            /** @description What stood out in it */
            signals: number;
        };
        /** @description Each transaction netted first */
        EntityFlowInput: {
            actor: string;
            kind: string;
            /** @description Satoshis */
            inflow: number;
            /** @description Satoshis */
            outflow: number;
            /** @description What it paid to itself, satoshis */
            inHouse: number;
            /** @description Satoshis */
            mined: number;
            deposits: number;
            withdrawals: number;
        };
        TransferLineInput: {
            height: number;
            blockHash: string;
            /** Format: date-time */
            time: string;
            txid: string;
            /** @description Paid to scripts that it does not spend from, satoshis */
            value: number;
            /** @description Satoshis */
            fee: number;
            toAddress: string | null;
            /** @description Mean age of the spent coins by value */
            coinAgeDays: number | null;
            from: components["schemas"]["EntityInput"] | null;
            to: components["schemas"]["EntityInput"] | null;
            kind: ("deposit" | "withdrawal" | "in-house" | "inter-entity") | null;
        };
        SourceTransactionInput: {
            txid: string;
            /** @description null: it waits to be mined */
            block: {
                hash: string;
                height: number;
                /** Format: date-time */
                time: string;
            } | null;
            /** @description Bytes */
            size: number;
            /** @description Weight units */
            weight: number;
            /** @description Satoshis; null where the node does not tell */
            fee: number | null;
            coinbase: boolean;
            inputs: number;
            /** @description The first hundred */
            outputs: {
                /** @description Satoshis */
                value: number;
                address: string | null;
                type: string;
            }[];
            outputCount: number;
            /** @description Of all outputs, satoshis */
            valueOut: number;
        };
        /** @description The truth shall lie between with this probability, ends included */
        IntervalInput: {
            level: number;
            low: number;
            high: number;
        };
        ForecastInput: {
            /** @description Hash of what was said and of the block on which it was said */
            id: string;
            /** @description Whom or what it is about; null: the only one, or all together */
            subject: string | null;
            /** @description Of the block after which it was made */
            height: number;
            blockHash: string;
            /**
             * Format: date-time
             * @description By the chain's clock
             */
            madeAt: string;
            /** @description Height of the block that decides it at the latest */
            dueHeight: number;
            /** @description Made at the tip; false: while history was read, without what came later */
            live: boolean;
            /** @description What its probability or intervals were learnt from */
            calibration: string | null;
            /** @enum {string} */
            kind: "fee-rate" | "next-difficulty" | "next-halving" | "exchange-pressure";
            /** @enum {string} */
            unit: "sat/vB" | "ratio" | "unix-seconds";
            /** @description How blocks tell the number */
            rule: string;
            median: number;
            intervals: components["schemas"]["IntervalInput"][];
        };
        MissingForecastInput: {
            /** @enum {string} */
            kind: "fee-rate" | "next-difficulty" | "next-halving" | "exchange-pressure";
            subject: string | null;
            reason: string;
        };
        ForecastListInput: {
            /** @description Newest stored block; null when none is */
            height: number | null;
            /** @description Of each kind and subject the newest whose outcome is open */
            forecasts: components["schemas"]["ForecastInput"][];
            /** @description What is not forecast at present, and why */
            missing: components["schemas"]["MissingForecastInput"][];
        };
        PredictionStatementInput: {
            /** @constant */
            type: "claim";
            text: string;
            /** @description null: too few outcomes were known */
            probability: number | null;
        } | {
            /** @constant */
            type: "value";
            /** @enum {string} */
            unit: "sat/vB" | "ratio" | "unix-seconds";
            /** @description How blocks tell the number */
            rule: string;
            median: number;
            intervals: components["schemas"]["IntervalInput"][];
        };
        /** @description What is unknown counts neither way */
        PredictionOutcomeInput: {
            /** @constant */
            type: "claim";
            came: boolean;
        } | {
            /** @constant */
            type: "value";
            value: number;
        } | {
            /** @constant */
            type: "unknown";
            reason: string;
        };
        ResolvedPredictionInput: {
            /** @description Hash of what was said and of the block on which it was said */
            id: string;
            /** @description Whom or what it is about; null: the only one, or all together */
            subject: string | null;
            /** @description Of the block after which it was made */
            height: number;
            blockHash: string;
            /**
             * Format: date-time
             * @description By the chain's clock
             */
            madeAt: string;
            /** @description Height of the block that decides it at the latest */
            dueHeight: number;
            /** @description Made at the tip; false: while history was read, without what came later */
            live: boolean;
            /** @description What its probability or intervals were learnt from */
            calibration: string | null;
            /** @enum {string} */
            kind: "fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch" | "fee-rate" | "next-difficulty" | "next-halving" | "exchange-pressure";
            statement: components["schemas"]["PredictionStatementInput"];
            outcome: components["schemas"]["PredictionOutcomeInput"];
            resolvedAt: {
                height: number;
                blockHash: string;
                /** Format: date-time */
                time: string;
            };
            brier: number | null;
            /** @description Of fee rates in doublings, else in the unit */
            intervals: {
                level: number;
                covered: boolean;
                width: number;
                /** @description Interval score: the width, and 2/α times of what lies outside */
                winkler: number;
            }[];
            /** @description Its place in the chain of entries */
            entry: {
                seq: number;
                hash: string;
            };
        };
        ClaimScoresInput: {
            cameTrue: number;
            /** @description Of the decided ones; the scores are theirs */
            withProbability: number;
            brier: number | null;
            /** @description Over always saying the base rate; null: all came out alike */
            skill: number | null;
            calibrationError: number | null;
            bins: {
                count: number;
                meanProbability: number;
                observed: number;
            }[];
        };
        /** @description Means; of fee rates in doublings, else in the unit */
        IntervalScoresInput: {
            level: number;
            n: number;
            coverage: number;
            width: number;
            winkler: number;
        };
        KindScoresInput: {
            /** @enum {string} */
            kind: "fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch" | "fee-rate" | "next-difficulty" | "next-halving" | "exchange-pressure";
            /** @description Where the subjects of a kind are not alike; else null */
            subject: string | null;
            made: number;
            /** @description Of those made: at the tip, not while history was read */
            live: number;
            open: number;
            decided: number;
            /** @description Over, and blocks do not tell what came of them */
            undecided: number;
            /** @description Their block left the chain */
            withdrawn: number;
            claims: components["schemas"]["ClaimScoresInput"] | null;
            intervals: components["schemas"]["IntervalScoresInput"][];
        };
        HighlightInput: {
            headline: {
                text: string;
                found: boolean;
            }[];
            summary: {
                text: string;
                found: boolean;
            }[];
        };
        EnteredStatementInput: {
            /** @enum {string} */
            kind: "fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch";
            text: string;
            /** @description null: too few outcomes were known */
            probability: number | null;
            /** @description Of the block in which it was made */
            height: number;
            /** @description Height of the block that decides it at the latest */
            dueHeight: number;
            /** @description It is the claim of the insight itself, as it was first told */
            isOwn: boolean;
            /** @enum {string} */
            state: "open" | "resolved" | "withdrawn";
            /** @description null until it is resolved */
            outcome: components["schemas"]["PredictionOutcomeInput"] | null;
            resolvedAt: {
                height: number;
                blockHash: string;
                /** Format: date-time */
                time: string;
            } | null;
        };
        MempoolNowInput: {
            /**
             * Format: date-time
             * @description When it was seen, by the source's clock
             */
            time: string;
            count: number;
            weight: number;
            /** @description Satoshis */
            totalFee: number;
            /** @description sat/vB below which the node takes nothing */
            minFeeRate: number | null;
            tipHeight: number | null;
            /** @description By package fee rate; null where the source tells none */
            histogram: {
                /** @description sat/vB, included; the next band's is not */
                from: number;
                weight: number;
                count: number;
            }[] | null;
            /** @description As they would be mined now; the last one holds all the rest */
            projectedBlocks: {
                count: number;
                weight: number;
                totalFee: number;
                /** @description Lowest, 10, 25, 50, 75, 90 percent points by weight, highest; empty if not told */
                feeRates: number[];
            }[];
        };
        ComponentInput: {
            /**
             * @description queue: where a process has made one; disk: of the process that answers; backup: where backups are scheduled
             * @enum {string}
             */
            name: "database" | "ingest" | "source" | "api" | "queue" | "disk" | "backup";
            /** @enum {string} */
            state: "healthy" | "degraded" | "down";
            /** @description Why it is not healthy, or which of several sources is in use and why */
            reason: string | null;
            /** Format: date-time */
            checkedAt: string;
            /** @description Of the database for an answer, of the queue and the disk to be counted; of the API the median of its answers in the last seconds; of ingest the median of what a block takes and of the source that until one it told of is stored, of the last 24 hours; null: nothing was timed */
            latencyMs: number | null;
        };
        ChainTipInput: {
            height: number;
            hash: string;
            /**
             * Format: date-time
             * @description Header time
             */
            time: string;
            /** @description Chain time now minus header time */
            ageSeconds: number;
        };
        BackfillInput: {
            /** @enum {string} */
            state: "running" | "done";
            blocksDone: number;
            blocksTotal: number;
            blocksPerSecond: number | null;
            etaSeconds: number | null;
        };
        MempoolInput: {
            /**
             * Format: date-time
             * @description When it was seen, by the source's clock
             */
            time: string;
            count: number;
            weight: number;
            /** @description Satoshis */
            totalFee: number;
            /** @description sat/vB below which the node takes nothing */
            minFeeRate: number | null;
            /** @description Median package fee rate of the next block as it would be mined now, sat/vB */
            nextBlockFeeRate: number | null;
        };
        QuietInput: {
            /** @enum {string} */
            reason: "clock-jump" | "labels-changed" | "labels-unreadable" | "source-behind" | "mempool-lost" | "reorg";
            /** @description For a person */
            detail: string;
            /** @description First block; null where it is of the source */
            sinceHeight: number | null;
            /** @description Header time of that block, null where it is not stored; of the source, wall clock */
            since: string | null;
            /** @description Kinds of which nothing is published */
            silent: ("fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch")[];
            /** @description Whether nothing is to be said of the present */
            presentUnknown: boolean;
        };
        LanguageModelUseInput: {
            /** @description <provider>:<model> */
            name: string;
            /** @description Of the budget of this day, UTC */
            today: {
                requests: number;
                requestsPerDay: number;
                tokens: number;
                tokensPerDay: number;
            };
            /** @description Since the database was made, all models together; asked and not yet answered in none else */
            total: {
                asked: number;
                /** @description Published */
                accepted: number;
                /** @description Evidence did not back the text; the template stands */
                refused: number;
                failed: number;
                timedOut: number;
                /** @description The insight was retracted, or moved to another block, meanwhile */
                tooLate: number;
                /** @description Not asked */
                overBudget: number;
            };
            /** @description Why texts were refused and requests failed, the commonest first */
            reasons: {
                outcome: string;
                reason: string;
                count: number;
            }[];
        };
        AnswerCacheInput: {
            /** @description Since this process began */
            hits: number;
            misses: number;
            /** @description null before the first */
            hitRate: number | null;
            /** @enum {string} */
            redis: "none" | "reachable" | "unreachable";
        };
        DiskUseInput: {
            /**
             * @description The data directory with its database; where the database's log of changes is archived; backups with it
             * @enum {string}
             */
            name: "data" | "log" | "backups";
            /** @description By the files in it */
            usedBytes: number;
            /** @description Of the disk that it is on */
            freeBytes: number;
            totalBytes: number;
        };
        QueueStateInput: {
            waiting: number;
            active: number;
            /** @description In the last hour: later they are forgotten */
            failed: number;
            /** @description null: none waits */
            oldestWaitingSeconds: number | null;
        };
        ProcessingInput: {
            /**
             * Format: date-time
             * @description 24 hours ago, or when the first block was measured
             */
            since: string;
            blocks: number;
            /** @description Of all that time, whether there were any to store */
            blocksPerSecond: number;
            /** @description From a block at hand to it being stored, half of them; within 5 % */
            p50Ms: number | null;
            p95Ms: number | null;
            /** @description From when the source told of a block to when it was stored, of those that it told of */
            sourceLag: {
                blocks: number;
                p50Ms: number | null;
                p95Ms: number | null;
            };
        };
        RetentionRunInput: {
            /** @description Rows of one kind that go when they are old; docs/guide/retention.md */
            family: string;
            keptDays: number;
            /** Format: date-time */
            ranAt: string;
            /** @description null: with what is written next */
            nextAt: string | null;
            /** @description By the last run: rows, of events and mempoolSnapshots whole partitions */
            removed: number;
            removedTotal: number;
            /** @description Why the last run removed nothing; null: it did what it should */
            failure: string | null;
        };
        MonitoringStatusInput: {
            /** @enum {string} */
            state: "healthy" | "degraded" | "down";
            version: string;
            /** @description null while it cannot be read */
            network: string | null;
            simulated: boolean | null;
            source: string | null;
            /** @description What the source turned out to be */
            sourceDescription: string | null;
            /** @description A set of blocks has no tip that moves; null until ingest reported */
            sourceKind: ("chain" | "set") | null;
            /**
             * Format: date-time
             * @description Wall clock of the server
             */
            now: string;
            /** @description The chain's own clock; null until ingest reported */
            chainTime: string | null;
            /** @description Newest block that is stored; null when none is */
            tip: components["schemas"]["ChainTipInput"] | null;
            blocksBehind: number | null;
            backfill: components["schemas"]["BackfillInput"] | null;
            /** @description As last seen; null where the source sees no mempool */
            mempool: components["schemas"]["MempoolInput"] | null;
            /** @description Conditions in which something is not published; docs/reference/quiet-mode.md */
            quiet: components["schemas"]["QuietInput"][];
            /** @description Words new insights anew; null where none is configured */
            languageModel: components["schemas"]["LanguageModelUseInput"] | null;
            counts: {
                blocks: number;
                signals: number;
                insights: number;
            } | null;
            /** @description Answers of the API that are remembered; null where none are */
            cache: components["schemas"]["AnswerCacheInput"] | null;
            /** @description Of blocks that were followed in the last 24 hours; null: none was stored */
            processing: components["schemas"]["ProcessingInput"] | null;
            /** @description Ranges of backfills; null: no process has made the queue */
            queue: components["schemas"]["QueueStateInput"] | null;
            /** @description As the process that answers sees it; null: it was told of no directory */
            disk: components["schemas"]["DiskUseInput"][] | null;
            /** @description How what is old was removed last; null while the database is away */
            retention: components["schemas"]["RetentionRunInput"][] | null;
            streamClients: number;
            lastEventId: number | null;
            components: components["schemas"]["ComponentInput"][];
        };
        ProblemInput: {
            type: string;
            title: string;
            status: number;
            detail: string;
            instance: string;
            code: string;
            requestId: string;
            errors?: {
                path: string;
                message: string;
            }[];
        };
        StoredEventInput: {
            id: number;
            /** @enum {string} */
            type: "insight.published" | "insight.updated" | "insight.retracted";
            /** Format: date-time */
            at: string;
            data: components["schemas"]["InsightInput"];
        } | {
            id: number;
            /** @enum {string} */
            type: "block.connected" | "block.disconnected";
            /** Format: date-time */
            at: string;
            data: {
                height: number;
                hash: string;
                /** Format: date-time */
                time: string;
                txs: number;
                medianFeeRate: number | null;
                pool: string | null;
            };
        } | {
            id: number;
            /** @constant */
            type: "feedback.updated";
            /** Format: date-time */
            at: string;
            data: components["schemas"]["FeedbackStatsInput"];
        } | {
            id: number;
            /** @constant */
            type: "brief.published";
            /** Format: date-time */
            at: string;
            data: {
                /** Format: date */
                date: string;
                /** @description The permanent link */
                url: string;
                headlines: string[];
            };
        };
        HelloMessageInput: {
            /** @constant */
            type: "hello";
            serverVersion: string;
            /**
             * Format: uuid
             * @description Event ids of another stream mean nothing here
             */
            streamId: string;
            lastEventId: number;
        };
        ServerMessageInput: components["schemas"]["HelloMessageInput"] | {
            /** @constant */
            type: "reset";
            lastEventId: number;
        } | {
            /** @constant */
            type: "error";
            code: string;
            detail: string;
        } | {
            /** @constant */
            type: "status";
            data: components["schemas"]["MonitoringStatusInput"];
        } | {
            /** @constant */
            type: "backfill";
            data: components["schemas"]["BackfillListInput"];
        } | {
            /** @constant */
            type: "mempool";
            data: components["schemas"]["MempoolNowInput"];
        } | {
            /** @constant */
            type: "forecast";
            data: components["schemas"]["ForecastListInput"];
        } | components["schemas"]["StoredEventInput"];
        ClientMessageInput: {
            /** @constant */
            type: "subscribe";
            since?: number;
            /** @description Instead of the path's own */
            topics?: ("insight" | "feedback" | "brief" | "block" | "status" | "backfill" | "mempool" | "forecast")[];
        };
        TriedSourceInput: {
            /** @description For a person, without secrets */
            source: string;
            /** @description What answered, and what it can do */
            description: string;
            network: string;
            simulated: boolean;
            /** @description null where it has none, or where finding it takes long */
            tipHeight: number | null;
            /** @description The lowest block that it gives; null where not known */
            lowestHeight: number | null;
            /** @description Whether it has the chain that is stored; null while none is. false: it begins anew */
            fits: boolean | null;
        };
        LabelInput: {
            entity: {
                actor: string;
                /** @enum {string} */
                kind: "exchange" | "pool" | "custodian" | "service" | "mixer" | "market" | "gambling" | "government" | "sanctioned" | "theft" | "person" | "simulated" | "other";
            };
            /** @description null: a script without one, or the text of a coinbase */
            address: string | null;
            /** @description Hexadecimal; null: the text of a coinbase */
            script: string | null;
            /** @description Text that the coinbases of a pool have in them */
            tag: string | null;
            /** @description The entity as the file names it */
            spelling: string;
            /** @description As the file says; kind follows from it */
            category: string | null;
            label: string | null;
            /** @description Where the file has it from */
            source: string | null;
            abuse: string | null;
            /** @description As the file says */
            confidence: string | null;
            edited: string | null;
            validFrom: string | null;
            validUntil: string | null;
            file: string;
            /**
             * Format: date-time
             * @description When it was imported
             */
            knownSince: string;
            /** @description First version of the labels that has it */
            versionFrom: number;
            /** @description The first without it; null: it is valid */
            versionTo: number | null;
        };
        SignalInput: {
            height: number;
            blockHash: string;
            /**
             * Format: date-time
             * @description Header time
             */
            time: string;
            /** @description Of the signals of its block, from 0 on */
            number: number;
            /** @enum {string} */
            kind: "fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch";
            /**
             * @description What an insight about it is filed under
             * @enum {string}
             */
            category: "mempool" | "exchange" | "miner" | "whale" | "network" | "predictive";
            /** @description First block of what was measured; often the block itself */
            startHeight: number;
            /** @description Whom it is about; null: the chain as a whole */
            subject: components["schemas"]["EntityInput"] | null;
            /** @description Who is named beside; null: nobody */
            other: components["schemas"]["EntityInput"] | null;
            direction: ("above" | "below") | null;
            /** @description Rank in its own history; null: too little of it, or nothing to compare */
            surprise: {
                percentile: number;
                sampleSize: number;
            } | null;
            /** @description The first is the one that stands out */
            metrics: {
                name: string;
                /** @enum {string} */
                unit: "sats" | "sat/vB" | "count" | "percent" | "ratio" | "seconds" | "days" | "coin-days" | "H/s" | "WU";
                value: number;
                /** @description Middle of the history that it was compared with */
                baseline: number | null;
                /** @description What it had to pass to stand out */
                level: number | null;
            }[];
            /** @description Transactions that it cites, the largest first */
            transactions: {
                txid: string;
                /** @description Paid to scripts that it does not spend from, satoshis */
                value: number;
                /** @description Satoshis */
                fee: number;
                toAddress: string | null;
                /** @description Mean age of the spent coins by value */
                coinAgeDays: number | null;
                from: components["schemas"]["EntityInput"] | null;
                to: components["schemas"]["EntityInput"] | null;
                kind: ("deposit" | "withdrawal" | "in-house" | "inter-entity") | null;
            }[];
        };
        MetricInput: {
            name: string;
            title: string;
            unit: string;
            /** @description Formula, or what is counted */
            meaning: string;
            /** @description Whose definition it is */
            source: string;
            /** @description Without which a block has no value */
            needs: ("spent outputs" | "coin heights" | "parents" | "labels") | null;
            /**
             * @description How blocks of an hour or a day become one unless asked otherwise
             * @enum {string}
             */
            usual: "mean" | "sum" | "min" | "max" | "median";
        };
        SecondFactor: {
            on: boolean;
            /** @description That nobody has used; 0 where codes are off */
            recoveryCodesLeft: number;
        };
        NewSecondFactor: {
            /** @description otpauth://…, told this once */
            uri: string;
            /** @description Each opens the account once where there is no code */
            recoveryCodes: string[];
        };
        RecoveryCodes: {
            /** @description Each opens the account once where there is no code */
            recoveryCodes: string[];
        };
        Tier: {
            /** @enum {string} */
            name: "free" | "pro" | "power";
            /** @description By all keys and tokens of a person */
            requestsPerHour: number;
            /** @description That count at the same time */
            keys: number;
            /** @description In one file */
            exportedInsights: number;
        };
        TierList: {
            tiers: components["schemas"]["Tier"][];
        };
        SignUpAnswer: {
            /**
             * @description Whether a mailed link has to be opened first
             * @enum {string}
             */
            next: "signed-in" | "confirm-email";
        };
        Person: {
            id: string;
            name: string;
            email: string;
            /** @enum {string} */
            role: "member" | "analyst" | "service" | "admin";
            /** @enum {string} */
            tier: "free" | "pro" | "power";
            blocked: boolean;
            timeZone: string | null;
            locale: string | null;
            /** @description Whether a mail tells of keys that end soon */
            mailsKeyReminders: boolean;
            /** @description Whether a code is asked for beside the password */
            secondFactor: boolean;
            /** Format: date-time */
            createdAt: string;
        };
        SessionList: {
            sessions: {
                id: string;
                /** @description The one that asks */
                current: boolean;
                /** Format: date-time */
                createdAt: string;
                /**
                 * Format: date-time
                 * @description Last, to five minutes; unused for two weeks it ends
                 */
                usedAt: string;
                /** Format: date-time */
                expiresAt: string;
                address: string | null;
                userAgent: string | null;
            }[];
        };
        PersonList: {
            people: components["schemas"]["Person"][];
            more: boolean;
        };
        Invitation: {
            id: string;
            email: string;
            /** @enum {string} */
            role: "member" | "analyst" | "service" | "admin";
            /** Format: date-time */
            expiresAt: string;
        };
        InvitationList: {
            invitations: components["schemas"]["Invitation"][];
        };
        ApiKeyList: {
            keys: {
                id: string;
                name: string;
                /** @description The beginning of the key, to know it by */
                prefix: string;
                scopes: string[];
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                expiresAt: string;
                /** @description To the minute */
                lastUsedAt: string | null;
                /** @description Of this key alone; null: as many as your tier may */
                requestsPerHour: number | null;
                /** @description Whether another has taken its place; it goes on until it ends */
                isReplaced: boolean;
            }[];
        };
        NewApiKey: {
            id: string;
            name: string;
            /** @description The beginning of the key, to know it by */
            prefix: string;
            scopes: string[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description To the minute */
            lastUsedAt: string | null;
            /** @description Of this key alone; null: as many as your tier may */
            requestsPerHour: number | null;
            /** @description Whether another has taken its place; it goes on until it ends */
            isReplaced: boolean;
            /** @description Told this once */
            key: string;
        };
        Token: {
            /** @description A JWT, for Authorization: Bearer */
            token: string;
            /** @description Renews the token, once, by POST /api/v1/auth/token */
            refreshToken: string;
        };
        PasskeyQuestion: {
            [key: string]: unknown;
        };
        PasskeyProof: {
            id: string;
            rawId: string;
            /** @constant */
            type: "public-key";
            /** @enum {string} */
            authenticatorAttachment?: "platform" | "cross-platform";
            clientExtensionResults: {
                [key: string]: unknown;
            };
            response: {
                clientDataJSON: string;
                authenticatorData: string;
                signature: string;
                userHandle?: string;
            };
        };
        MadePasskey: {
            id: string;
            rawId: string;
            /** @constant */
            type: "public-key";
            /** @enum {string} */
            authenticatorAttachment?: "platform" | "cross-platform";
            clientExtensionResults: {
                [key: string]: unknown;
            };
            response: {
                clientDataJSON: string;
                attestationObject: string;
                /** @default [] */
                transports: string[];
            };
        };
        PasskeyList: {
            passkeys: {
                id: string;
                name: string;
                createdAt: string | null;
                /** @description Whether a service keeps it on several devices */
                backedUp: boolean;
            }[];
        };
        SaidList: {
            said: ({
                /** @constant */
                what: "stars";
                /** Format: date-time */
                at: string;
                insightId: string;
                stars: number;
            } | {
                /** @constant */
                what: "comment";
                /** Format: date-time */
                at: string;
                insightId: string;
                text: string;
                hidden: boolean;
                hiddenReason: string | null;
            } | {
                /** @constant */
                what: "flag";
                /** Format: date-time */
                at: string;
                insightId: string;
                /** @enum {string} */
                reason: "inaccurate" | "misleading" | "spam" | "inappropriate" | "other";
                details: string | null;
            })[];
            /** @description false: these are the newest */
            complete: boolean;
        };
        PersonExport: {
            /** Format: date-time */
            exportedAt: string;
            person: components["schemas"]["Person"];
            signInMethods: {
                provider: string;
                subject: string;
                /** Format: date-time */
                createdAt: string;
            }[];
            sessions: {
                id: string;
                /** Format: date-time */
                createdAt: string;
                /**
                 * Format: date-time
                 * @description Last, to five minutes; unused for two weeks it ends
                 */
                usedAt: string;
                /** Format: date-time */
                expiresAt: string;
                address: string | null;
                userAgent: string | null;
            }[];
            /** @description Also those that count no more */
            keys: {
                id: string;
                name: string;
                /** @description The beginning of the key, to know it by */
                prefix: string;
                scopes: string[];
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                expiresAt: string;
                /** @description To the minute */
                lastUsedAt: string | null;
                /** @description Of this key alone; null: as many as your tier may */
                requestsPerHour: number | null;
                /** @description Whether another has taken its place; it goes on until it ends */
                isReplaced: boolean;
                revokedAt: string | null;
            }[];
            /** @description How many programs renew tokens of a session */
            tokens: {
                sessionId: string;
                lines: number;
            }[];
            passkeys: {
                id: string;
                name: string;
                createdAt: string | null;
                /** @description Whether a service keeps it on several devices */
                backedUp: boolean;
            }[];
            ratings: {
                insightId: string;
                stars: number;
            }[];
            comments: {
                id: number;
                /** Format: date-time */
                at: string;
                insightId: string;
                text: string;
                hidden: boolean;
            }[];
            flags: {
                id: number;
                /** Format: date-time */
                at: string;
                insightId: string;
                reason: string;
                details: string | null;
            }[];
            /** @description What the audit log says you did, or somebody with your account who was not signed in */
            did: {
                /** Format: date-time */
                at: string;
                action: string;
                target: string;
                address: string | null;
                details: {
                    [key: string]: unknown;
                };
            }[];
            /** @description What it says others did to your account */
            done: {
                /** Format: date-time */
                at: string;
                action: string;
                target: string;
                address: string | null;
                details: {
                    [key: string]: unknown;
                };
            }[];
            /** @description What you were refused */
            denials: {
                address: string;
                route: string;
                code: string;
                count: number;
                /** Format: date-time */
                firstAt: string;
                /** Format: date-time */
                lastAt: string;
            }[];
            /** @description Requests of your keys and tokens in the last hours; of a key with a limit of its own also by itself */
            usage: {
                /** Format: date-time */
                hour: string;
                used: number;
                keyId: string | null;
            }[];
            /** @description To your address, that nobody has followed */
            invitations: {
                role: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                expiresAt: string;
            }[];
        };
        ProviderAddress: {
            /** @description Where the browser has to go */
            url: string;
        };
        MethodList: {
            methods: {
                id: string;
                /** @description Such as google */
                provider: string;
                /** @description As people call it */
                name: string;
                /** Format: date-time */
                createdAt: string;
            }[];
        };
        DenialList: {
            denials: {
                address: string;
                role: string;
                personId: string | null;
                /** @description Method and path, as in the list of routes */
                route: string;
                code: string;
                /** @description In the hour that firstAt lies in */
                count: number;
                /** Format: date-time */
                firstAt: string;
                /** Format: date-time */
                lastAt: string;
                /** @description Of the last of them */
                lastRequestId: string | null;
                /** @description What the last of them was about */
                lastTarget: string | null;
            }[];
        };
        AuditList: {
            entries: {
                id: number;
                /** Format: date-time */
                at: string;
                role: string;
                personId: string | null;
                /** @description As they are called now; null without an account */
                personName: string | null;
                /** @description As the connection tells it; null: on this machine */
                address: string | null;
                action: string;
                target: string;
                details: {
                    [key: string]: unknown;
                };
                requestId: string | null;
            }[];
            nextPageToken: string | null;
            nextPageUrl: string | null;
        };
        ChartSpec: {
            series: {
                name: string;
                /** @enum {string} */
                unit: "sats" | "sat/vB" | "count" | "percent" | "ratio" | "seconds" | "days" | "coin-days" | "H/s" | "WU";
                of: {
                    /** @constant */
                    from: "block";
                    field: string;
                } | {
                    /** @constant */
                    from: "flows";
                    entity: {
                        actor: string;
                        kind: string;
                    };
                    /** @enum {string} */
                    side: "inflow" | "outflow" | "net" | "to-labelled" | "to-unlabelled";
                };
            };
            window: {
                fromHeight: number;
                toHeight: number;
            };
            marks: {
                event: {
                    fromHeight: number;
                    toHeight: number;
                };
                /** @description What is usual, in the unit of the series */
                usual: number | null;
            };
        };
        /** @description Of the blocks of a chart's window that are stored */
        ChartPoints: {
            /** @description In the unit of the series, by height; null where a block's value is not known */
            points: {
                height: number;
                /** Format: date-time */
                time: string;
                value: number | null;
            }[];
        };
        /** @description Three numbers that are easily taken for each other */
        InsightExplanation: {
            surprise: {
                /** @description null: it is not ranked */
                percentile: number | null;
                sampleSize: number | null;
                /** @description What had to hold for the signal to be raised */
                rule: string;
                /** @description What was measured, what stands out as the first */
                factors: {
                    name: string;
                    /** @enum {string} */
                    unit: "sats" | "sat/vB" | "count" | "percent" | "ratio" | "seconds" | "days" | "coin-days" | "H/s" | "WU";
                    value: number;
                    /** @description What is usual */
                    baseline: number | null;
                }[];
            };
            attribution: {
                /** @description Of the least sure of its parties; null: nobody is named, or labels do not say how sure they are */
                certainty: number | null;
                /** @description Whom it names, each with how sure the labels are by which its coins were known */
                parties: {
                    actor: string;
                    kind: string;
                    certainty: number | null;
                }[];
                /** @description Of the node's labels */
                labelVersion: number | null;
                /** @description Share of the block's value whose owner labels know */
                labelCoverage: number | null;
            };
            confidence: {
                /** @description null: nothing is claimed, or too few outcomes were known */
                probability: number | null;
                /** @description The table that it was read from, by its version */
                calibration: string | null;
                /** @description Outcomes of the kind that the table was learnt from */
                outcomes: number | null;
                /** @description By how much it passed what it had to, on its kind's scale */
                score: number | null;
                /** @description Of those outcomes the ones with a score like it, and how many of them came true */
                alike: {
                    count: number;
                    came: number;
                } | null;
                /** @description Claims of the kind, stated with a confidence in the same tenth and decided on this network until now, by the scorecard; null: none is stated */
                soFar: {
                    from: number;
                    to: number;
                    count: number;
                    came: number;
                } | null;
            };
        };
        Insight: {
            /** @description Hash of kind, statement and anchor */
            id: string;
            /** @enum {string} */
            kind: "fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch";
            /** @enum {string} */
            category: "mempool" | "exchange" | "miner" | "whale" | "network" | "predictive";
            /** @enum {string} */
            status: "preliminary" | "confirmed" | "retracted";
            /** @description Why the status is what it is, where it needs a reason */
            statusReason: string | null;
            headline: string;
            summary: string;
            /** @description Where headline and summary are a language model's: whose, and the text that was published first; null: they are the template's */
            wording: {
                /** @description <provider>:<model> */
                model: string;
                template: {
                    headline: string;
                    summary: string;
                };
            } | null;
            height: number;
            blockHash: string;
            /**
             * Format: date-time
             * @description Header time of the block (chain time)
             */
            blockTime: string;
            /** @description The block in which it stood out first; an event that goes on is updated in later ones */
            firstSeen: {
                height: number;
                blockHash: string;
                /** Format: date-time */
                time: string;
            };
            /** @description The block that told of it first: the order of lists. Later than firstSeen where it had to grow */
            publishedHeight: number;
            /** @description Rank in its own history; null when there is too little of it */
            surprise: {
                percentile: number;
                sampleSize: number;
            } | null;
            /** @description How often such claims came true; null: nothing is claimed, or too few outcomes are known */
            confidence: number | null;
            /** @description How sure labels are of whom it names, the least sure of them; null: nobody is named, or labels do not say */
            attributionCertainty: number | null;
            evidence: {
                /** @description What had to hold for the signal to be raised */
                rule: string;
                /** @description Whom it is about; null: the chain as a whole */
                subject: {
                    actor: string;
                    kind: string;
                } | null;
                /** @description What is claimed about blocks to come; null: the insight describes what was */
                claim: {
                    text: string;
                    decidedAtHeight: number;
                    learntFrom: string | null;
                    outcomes: number | null;
                    /** @description What its confidence follows from: by how much it passed what it had to, on the scale of its kind */
                    score: number | null;
                    /** @description Claims with a score like it that were decided when it was told; null: too few */
                    alike: {
                        count: number;
                        came: number;
                    } | null;
                    /** @description What blocks decided, as the scorecard has it; null: as it was when a brief told it */
                    outcome: ("open" | "true" | "false" | "unknown") | null;
                    /** @description The block that decided it */
                    outcomeHeight: number | null;
                } | null;
                /** @description Versions of utxoIQ and of the node's labels; null: an earlier version, which did not say */
                madeBy: {
                    program: string;
                    labelVersion: number;
                    /** @description Share of the block's value whose owner is known */
                    labelCoverage: number | null;
                    /** @description The lowest block that was known, where that is not as far back as its kind looks; null: it was, or an earlier version */
                    fromHeight: number | null;
                } | null;
                /** @description Whom it names and how sure that is; null: an earlier version, which did not say */
                attribution: {
                    /** @description Of the least sure of its parties; null: nobody is named, or labels do not say how sure they are */
                    certainty: number | null;
                    /** @description Whom it names, each with how sure the labels are by which its coins were known */
                    parties: {
                        actor: string;
                        kind: string;
                        certainty: number | null;
                    }[];
                } | null;
                /** @description In which it was told, and of an event that goes on the one on which it stands */
                blocks: {
                    hash: string;
                    height: number;
                    /** Format: date-time */
                    time: string;
                }[];
                /** @description The first block that it is about; null: one alone, or an earlier version */
                begins: {
                    hash: string;
                    height: number;
                    /** Format: date-time */
                    time: string;
                } | null;
                transactions: {
                    txid: string;
                    valueSats: number;
                    feeSats: number;
                    toAddress: string | null;
                    /** @description Who spends, by labels; null where none tells */
                    from: {
                        actor: string;
                        kind: string;
                    } | null;
                    /** @description The largest receiver, by labels; null where none tells */
                    to: {
                        actor: string;
                        kind: string;
                    } | null;
                    /** @description null: an earlier version, which did not say */
                    inputs: number | null;
                    outputs: number | null;
                }[];
                metrics: {
                    name: string;
                    /** @enum {string} */
                    unit: "sats" | "sat/vB" | "count" | "percent" | "ratio" | "seconds" | "days" | "coin-days" | "H/s" | "WU";
                    value: number;
                    baseline: number | null;
                    percentile: number | null;
                    sampleSize: number | null;
                }[];
                slots: {
                    [key: string]: {
                        /** @enum {string} */
                        unit: "sats" | "sat/vB" | "count" | "percent" | "ratio" | "seconds" | "days" | "coin-days" | "H/s" | "WU" | "height";
                        value: number;
                    } | {
                        /** @enum {string} */
                        unit: "txid" | "address" | "name";
                        value: string;
                    };
                };
            };
            /** @description Category, kinds of signal that told of it, and whom it names */
            tags: string[];
            /** @description What to draw; null where no series shows it */
            chart: components["schemas"]["ChartSpec"] | null;
            simulated: boolean;
            /** @description The latest event that concerns this insight */
            eventId: number;
        };
        FeedbackStats: {
            /** @description Of the insight */
            insightId: string;
            ratings: {
                count: number;
                /** @description null: nobody has rated it */
                average: number | null;
                /** @description How many gave one star, two, … five */
                distribution: number[];
            };
            comments: number;
            /** @description People who flagged it, each once */
            flags: number;
        };
        Feedback: {
            /** @description Of the insight */
            insightId: string;
            ratings: {
                count: number;
                /** @description null: nobody has rated it */
                average: number | null;
                /** @description How many gave one star, two, … five */
                distribution: number[];
            };
            comments: number;
            /** @description People who flagged it, each once */
            flags: number;
            mine: {
                stars: number | null;
                flags: ("inaccurate" | "misleading" | "spam" | "inappropriate" | "other")[];
            };
        };
        FeedbackList: {
            feedback: components["schemas"]["Feedback"][];
        };
        Comment: {
            id: number;
            /** @description Of the insight */
            insightId: string;
            /** Format: date-time */
            at: string;
            text: string;
            /** @description The same for all comments of one person, and nothing else of them */
            author: string;
            mine: boolean;
            /** @description Only the operator is given hidden ones */
            hidden: boolean;
            hiddenReason: string | null;
        };
        CommentList: {
            comments: components["schemas"]["Comment"][];
            nextPageToken: string | null;
            nextPageUrl: string | null;
        };
        ModerationList: {
            flags: {
                id: number;
                /** @description Of the insight */
                insightId: string;
                /** Format: date-time */
                at: string;
                /** @enum {string} */
                reason: "inaccurate" | "misleading" | "spam" | "inappropriate" | "other";
                details: string | null;
                author: string;
            }[];
            comments: components["schemas"]["Comment"][];
        };
        BackfillJob: {
            id: number;
            fromHeight: number;
            toHeight: number;
            /** @description What alone is made; null: features, then signals with insights */
            only: ("features" | "signals") | null;
            /** @enum {string} */
            status: "queued" | "running" | "paused" | "done" | "cancelled" | "failed";
            /**
             * @description What is being made, or was last; blocks and percent are of this part
             * @enum {string}
             */
            part: "features" | "signals";
            askedBy: string;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            /** @description null until the ranges are planned */
            blocksTotal: number | null;
            blocksDone: number;
            blocksLeft: number | null;
            percent: number | null;
            /** @description The block that was done last */
            currentHeight: number | null;
            /** @description Smoothed over half a minute */
            blocksPerSecond: number | null;
            etaSeconds: number | null;
            /** @description Workers that stored something in the last ten seconds */
            workers: number;
            errorCount: number;
            /** @description Blocks that failed and are left out until a retry */
            parkedCount: number;
            failure: {
                code: string;
                message: string;
            } | null;
        };
        BackfillList: {
            /** @description The connected blocks that are stored; null while there are none */
            stored: {
                first: number;
                last: number;
            } | null;
            /** @description The newest first, at most fifty */
            jobs: components["schemas"]["BackfillJob"][];
        };
        BackfillDetail: {
            id: number;
            fromHeight: number;
            toHeight: number;
            /** @description What alone is made; null: features, then signals with insights */
            only: ("features" | "signals") | null;
            /** @enum {string} */
            status: "queued" | "running" | "paused" | "done" | "cancelled" | "failed";
            /**
             * @description What is being made, or was last; blocks and percent are of this part
             * @enum {string}
             */
            part: "features" | "signals";
            askedBy: string;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            /** @description null until the ranges are planned */
            blocksTotal: number | null;
            blocksDone: number;
            blocksLeft: number | null;
            percent: number | null;
            /** @description The block that was done last */
            currentHeight: number | null;
            /** @description Smoothed over half a minute */
            blocksPerSecond: number | null;
            etaSeconds: number | null;
            /** @description Workers that stored something in the last ten seconds */
            workers: number;
            errorCount: number;
            /** @description Blocks that failed and are left out until a retry */
            parkedCount: number;
            failure: {
                code: string;
                message: string;
            } | null;
            /** @description The last twenty, newest first */
            errors: {
                /** @description null where it was no single block */
                height: number | null;
                parked: boolean;
                code: string;
                message: string;
                /** Format: date-time */
                at: string;
            }[];
        };
        BriefScore: {
            /** @description log10 of once in how many blocks; 1 where no rank is known */
            surprise: number;
            /** @description 0.5 where nothing is claimed, or too few outcomes are known */
            confidence: number;
            /** @description Halved for each event before it of its category, and of its entity */
            diversity: number;
            product: number;
        };
        Brief: {
            /** Format: date */
            date: string;
            network: string;
            simulated: boolean;
            /**
             * Format: date-time
             * @description By the chain's clock
             */
            publishedAt: string;
            /** @description The permanent link */
            url: string;
            /** @description What stood out on that day; a brief tells of at most five */
            events: number;
            blocks: {
                first: number;
                last: number;
                count: number;
            } | null;
            insights: number;
            /** @description Insights of the brief that were retracted since, those about the same event included */
            retracted: number;
            items: {
                /** @description As it was when the brief was published; its status is the present one */
                insight: {
                    /** @description Hash of kind, statement and anchor */
                    id: string;
                    /** @enum {string} */
                    kind: "fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch";
                    /** @enum {string} */
                    category: "mempool" | "exchange" | "miner" | "whale" | "network" | "predictive";
                    /** @enum {string} */
                    status: "preliminary" | "confirmed" | "retracted";
                    /** @description Why the status is what it is, where it needs a reason */
                    statusReason: string | null;
                    headline: string;
                    summary: string;
                    /** @description Where headline and summary are a language model's: whose, and the text that was published first; null: they are the template's */
                    wording: {
                        /** @description <provider>:<model> */
                        model: string;
                        template: {
                            headline: string;
                            summary: string;
                        };
                    } | null;
                    height: number;
                    blockHash: string;
                    /**
                     * Format: date-time
                     * @description Header time of the block (chain time)
                     */
                    blockTime: string;
                    /** @description The block in which it stood out first; an event that goes on is updated in later ones */
                    firstSeen: {
                        height: number;
                        blockHash: string;
                        /** Format: date-time */
                        time: string;
                    };
                    /** @description Rank in its own history; null when there is too little of it */
                    surprise: {
                        percentile: number;
                        sampleSize: number;
                    } | null;
                    /** @description How often such claims came true; null: nothing is claimed, or too few outcomes are known */
                    confidence: number | null;
                    /** @description How sure labels are of whom it names, the least sure of them; null: nobody is named, or labels do not say */
                    attributionCertainty: number | null;
                    evidence: {
                        /** @description What had to hold for the signal to be raised */
                        rule: string;
                        /** @description Whom it is about; null: the chain as a whole */
                        subject: {
                            actor: string;
                            kind: string;
                        } | null;
                        /** @description What is claimed about blocks to come; null: the insight describes what was */
                        claim: {
                            text: string;
                            decidedAtHeight: number;
                            learntFrom: string | null;
                            outcomes: number | null;
                            /** @description What its confidence follows from: by how much it passed what it had to, on the scale of its kind */
                            score: number | null;
                            /** @description Claims with a score like it that were decided when it was told; null: too few */
                            alike: {
                                count: number;
                                came: number;
                            } | null;
                            /** @description What blocks decided, as the scorecard has it; null: as it was when a brief told it */
                            outcome: ("open" | "true" | "false" | "unknown") | null;
                            /** @description The block that decided it */
                            outcomeHeight: number | null;
                        } | null;
                        /** @description Versions of utxoIQ and of the node's labels; null: an earlier version, which did not say */
                        madeBy: {
                            program: string;
                            labelVersion: number;
                            /** @description Share of the block's value whose owner is known */
                            labelCoverage: number | null;
                            /** @description The lowest block that was known, where that is not as far back as its kind looks; null: it was, or an earlier version */
                            fromHeight: number | null;
                        } | null;
                        /** @description Whom it names and how sure that is; null: an earlier version, which did not say */
                        attribution: {
                            /** @description Of the least sure of its parties; null: nobody is named, or labels do not say how sure they are */
                            certainty: number | null;
                            /** @description Whom it names, each with how sure the labels are by which its coins were known */
                            parties: {
                                actor: string;
                                kind: string;
                                certainty: number | null;
                            }[];
                        } | null;
                        /** @description In which it was told, and of an event that goes on the one on which it stands */
                        blocks: {
                            hash: string;
                            height: number;
                            /** Format: date-time */
                            time: string;
                        }[];
                        /** @description The first block that it is about; null: one alone, or an earlier version */
                        begins: {
                            hash: string;
                            height: number;
                            /** Format: date-time */
                            time: string;
                        } | null;
                        transactions: {
                            txid: string;
                            valueSats: number;
                            feeSats: number;
                            toAddress: string | null;
                            /** @description Who spends, by labels; null where none tells */
                            from: {
                                actor: string;
                                kind: string;
                            } | null;
                            /** @description The largest receiver, by labels; null where none tells */
                            to: {
                                actor: string;
                                kind: string;
                            } | null;
                            /** @description null: an earlier version, which did not say */
                            inputs: number | null;
                            outputs: number | null;
                        }[];
                        metrics: {
                            name: string;
                            /** @enum {string} */
                            unit: "sats" | "sat/vB" | "count" | "percent" | "ratio" | "seconds" | "days" | "coin-days" | "H/s" | "WU";
                            value: number;
                            baseline: number | null;
                            percentile: number | null;
                            sampleSize: number | null;
                        }[];
                        slots: {
                            [key: string]: {
                                /** @enum {string} */
                                unit: "sats" | "sat/vB" | "count" | "percent" | "ratio" | "seconds" | "days" | "coin-days" | "H/s" | "WU" | "height";
                                value: number;
                            } | {
                                /** @enum {string} */
                                unit: "txid" | "address" | "name";
                                value: string;
                            };
                        };
                    };
                    /** @description Category, kinds of signal that told of it, and whom it names */
                    tags: string[];
                    simulated: boolean;
                };
                /** @description The block in which it stands now, where that is another than the one of the brief: its event went on, or the chain was reorganised, and its text and numbers may be others */
                restated: {
                    height: number;
                    blockHash: string;
                } | null;
                /** @description Other insights about the same event */
                also: {
                    id: string;
                    headline: string;
                    /** @enum {string} */
                    status: "preliminary" | "confirmed" | "retracted";
                    /** @description The block in which it stands now, where that is another than the one of the brief: its event went on, or the chain was reorganised, and its text and numbers may be others */
                    restated: {
                        height: number;
                        blockHash: string;
                    } | null;
                }[];
                score: components["schemas"]["BriefScore"];
                /** @description null where no series shows the event */
                picture: {
                    svgUrl: string;
                    pngUrl: string;
                    chart: components["schemas"]["ChartSpec"];
                    points: {
                        height: number;
                        /** Format: date-time */
                        time: string;
                        value: number | null;
                    }[];
                } | null;
            }[];
        };
        BriefList: {
            briefs: {
                /** Format: date */
                date: string;
                network: string;
                simulated: boolean;
                /**
                 * Format: date-time
                 * @description By the chain's clock
                 */
                publishedAt: string;
                /** @description The permanent link */
                url: string;
                /** @description What stood out on that day; a brief tells of at most five */
                events: number;
                headlines: string[];
            }[];
            nextPageToken: string | null;
            nextPageUrl: string | null;
        };
        Entity: {
            actor: string;
            kind: string;
        };
        Tip: {
            height: number;
            hash: string;
            /**
             * Format: date-time
             * @description Header time
             */
            time: string;
        };
        BlockLine: {
            height: number;
            hash: string;
            /**
             * Format: date-time
             * @description Header time
             */
            time: string;
            /** @description null: nobody is known to have mined it */
            pool: string | null;
            txs: number;
            /** @description Bytes */
            size: number;
            /** @description Weight units; 4,000,000 at most */
            weight: number;
            /** @description Satoshis; null where the block came without spent outputs */
            fees: number | null;
            /** @description 10th, 50th and 90th percentile by weight, sat/vB */
            feeRates: {
                low: number;
                median: number;
                high: number;
            } | null;
            /** @description Value of all outputs but the coinbase's, satoshis */
            totalOut: number;
            /** @description Satoshis */
            subsidy: number;
            /** @description What stood out in it */
            signals: number;
        };
        BlockList: {
            blocks: components["schemas"]["BlockLine"][];
            nextPageToken: string | null;
            nextPageUrl: string | null;
        };
        /** @description Each transaction netted first */
        EntityFlow: {
            actor: string;
            kind: string;
            /** @description Satoshis */
            inflow: number;
            /** @description Satoshis */
            outflow: number;
            /** @description What it paid to itself, satoshis */
            inHouse: number;
            /** @description Satoshis */
            mined: number;
            deposits: number;
            withdrawals: number;
        };
        TransferLine: {
            height: number;
            blockHash: string;
            /** Format: date-time */
            time: string;
            txid: string;
            /** @description Paid to scripts that it does not spend from, satoshis */
            value: number;
            /** @description Satoshis */
            fee: number;
            toAddress: string | null;
            /** @description Mean age of the spent coins by value */
            coinAgeDays: number | null;
            from: components["schemas"]["Entity"] | null;
            to: components["schemas"]["Entity"] | null;
            kind: ("deposit" | "withdrawal" | "in-house" | "inter-entity") | null;
        };
        Block: {
            line: components["schemas"]["BlockLine"];
            previous: string;
            /** @description false: one of a set of blocks, of which no chain is known */
            connected: boolean;
            version: number;
            /** @description Compact target, hexadecimal */
            bits: string;
            /** @description Fields as docs/reference/features.md defines them; null where one is not known */
            features: {
                [key: string]: number | string | boolean | number[] | {
                    [key: string]: number | null;
                } | null;
            };
            /** @description Of the labels that were asked for by asOf; null: by the newest */
            labelVersion: number | null;
            /** @description Share of the moved value whose owner is known */
            labelCoverage: number | null;
            /** @description By the newest labels, those that moved most first */
            flows: components["schemas"]["EntityFlow"][];
            /** @description Of 100 BTC and more, or watched; the last 200 of the block */
            transfers: components["schemas"]["TransferLine"][];
            insights: components["schemas"]["Insight"][];
        };
        TransferList: {
            /** @description Of the labels that were asked for by asOf; null: by the newest */
            labelVersion: number | null;
            transfers: components["schemas"]["TransferLine"][];
            nextPageToken: string | null;
            nextPageUrl: string | null;
        };
        Transaction: {
            transfer: components["schemas"]["TransferLine"];
            /** @description Of the labels that were asked for by asOf; null: by the newest */
            labelVersion: number | null;
            /** @description Of its block, those that cite it */
            insights: components["schemas"]["Insight"][];
        };
        PoolShares: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            blocks: number;
            pools: {
                pool: string | null;
                blocks: number;
                share: number;
                fees: number | null;
                emptyBlocks: number;
            }[];
        };
        EntityList: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description Of the labels that were asked for by asOf; null: by the newest */
            labelVersion: number | null;
            entities: {
                actor: string;
                kind: string;
                /** @description Satoshis */
                inflow: number;
                /** @description Satoshis */
                outflow: number;
                /** @description Satoshis */
                mined: number;
                deposits: number;
                withdrawals: number;
            }[];
        };
        EntitySeries: {
            actor: string;
            kinds: {
                kind: string;
                /** @description Scripts known to be its */
                labels: number;
            }[];
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @enum {string} */
            resolution: "hour" | "day";
            /** @description Of the labels that were asked for by asOf; null: by the newest */
            labelVersion: number | null;
            points: {
                /** Format: date-time */
                time: string;
                /** @description Satoshis */
                inflow: number;
                /** @description Satoshis */
                outflow: number;
                /** @description Satoshis */
                mined: number;
                deposits: number;
                withdrawals: number;
            }[];
        };
        SourceTransaction: {
            txid: string;
            /** @description null: it waits to be mined */
            block: {
                hash: string;
                height: number;
                /** Format: date-time */
                time: string;
            } | null;
            /** @description Bytes */
            size: number;
            /** @description Weight units */
            weight: number;
            /** @description Satoshis; null where the node does not tell */
            fee: number | null;
            coinbase: boolean;
            inputs: number;
            /** @description The first hundred */
            outputs: {
                /** @description Satoshis */
                value: number;
                address: string | null;
                type: string;
            }[];
            outputCount: number;
            /** @description Of all outputs, satoshis */
            valueOut: number;
        };
        TransactionLookup: {
            txid: string;
            /**
             * @description evidence: stored here; source: told by the node that is followed
             * @enum {string}
             */
            known: "evidence" | "source" | "nowhere";
            /** @description Where it is among the kept transfers */
            transfer: components["schemas"]["TransferLine"] | null;
            /** @description That cite it, newest first */
            insights: components["schemas"]["Insight"][];
            /** @description As the node tells it; asked where none is stored */
            transaction: components["schemas"]["SourceTransaction"] | null;
            /** @description Why the node does not tell; null where it does or was not asked */
            reason: string | null;
            /** @description Where else to look; null where no such place is set */
            link: string | null;
        };
        InsightBundle: {
            /** @constant */
            format: 1;
            /** @description Version of the program that wrote it */
            program: string;
            chain: {
                network: string;
                chainId: string;
                simulated: boolean;
            };
            /** @description As it was published; times in unix seconds */
            insight: {
                id: string;
                kind: string;
                height: number;
                blockHash: string;
                headline: string;
            } & {
                [key: string]: unknown;
            };
            /** @description false: a block of a set, which stands alone */
            connected: boolean;
            /** @description Of the node's labels, by which the insight's block was read */
            labelVersion: number;
            /** @description What lies below the first row */
            base: {
                block: {
                    height: number;
                    hash: string;
                    bits: number;
                } | null;
                parentTimes: number[];
            };
            /** @description What is in no block: what claims of this kind had come to by then */
            observedByThisNode: {
                calibration: ({
                    version: string;
                    count: number;
                } & {
                    [key: string]: unknown;
                }) | null;
            };
            /** @description SHA-256 of the canonical JSON (RFC 8785) of the rest, each row by its digest */
            digest: string;
            /** @description Blocks that the insight follows from, ascending; its own is the last */
            rows: {
                features: {
                    height: number;
                    blockhash: string;
                } & {
                    [key: string]: unknown;
                };
                transfers: ({
                    txid: string;
                } & {
                    [key: string]: unknown;
                })[];
                flows: {
                    labelVersion: number;
                } & {
                    [key: string]: unknown;
                };
                digest: string;
            }[];
        };
        /** @description The truth shall lie between with this probability, ends included */
        Interval: {
            level: number;
            low: number;
            high: number;
        };
        Forecast: {
            /** @description Hash of what was said and of the block on which it was said */
            id: string;
            /** @description Whom or what it is about; null: the only one, or all together */
            subject: string | null;
            /** @description Of the block after which it was made */
            height: number;
            blockHash: string;
            /**
             * Format: date-time
             * @description By the chain's clock
             */
            madeAt: string;
            /** @description Height of the block that decides it at the latest */
            dueHeight: number;
            /** @description Made at the tip; false: while history was read, without what came later */
            live: boolean;
            /** @description What its probability or intervals were learnt from */
            calibration: string | null;
            /** @enum {string} */
            kind: "fee-rate" | "next-difficulty" | "next-halving" | "exchange-pressure";
            /** @enum {string} */
            unit: "sat/vB" | "ratio" | "unix-seconds";
            /** @description How blocks tell the number */
            rule: string;
            median: number;
            intervals: components["schemas"]["Interval"][];
        };
        MissingForecast: {
            /** @enum {string} */
            kind: "fee-rate" | "next-difficulty" | "next-halving" | "exchange-pressure";
            subject: string | null;
            reason: string;
        };
        ForecastList: {
            /** @description Newest stored block; null when none is */
            height: number | null;
            /** @description Of each kind and subject the newest whose outcome is open */
            forecasts: components["schemas"]["Forecast"][];
            /** @description What is not forecast at present, and why */
            missing: components["schemas"]["MissingForecast"][];
        };
        PredictionStatement: {
            /** @constant */
            type: "claim";
            text: string;
            /** @description null: too few outcomes were known */
            probability: number | null;
        } | {
            /** @constant */
            type: "value";
            /** @enum {string} */
            unit: "sat/vB" | "ratio" | "unix-seconds";
            /** @description How blocks tell the number */
            rule: string;
            median: number;
            intervals: components["schemas"]["Interval"][];
        };
        /** @description What is unknown counts neither way */
        PredictionOutcome: {
            /** @constant */
            type: "claim";
            came: boolean;
        } | {
            /** @constant */
            type: "value";
            value: number;
        } | {
            /** @constant */
            type: "unknown";
            reason: string;
        };
        ResolvedPrediction: {
            /** @description Hash of what was said and of the block on which it was said */
            id: string;
            /** @description Whom or what it is about; null: the only one, or all together */
            subject: string | null;
            /** @description Of the block after which it was made */
            height: number;
            blockHash: string;
            /**
             * Format: date-time
             * @description By the chain's clock
             */
            madeAt: string;
            /** @description Height of the block that decides it at the latest */
            dueHeight: number;
            /** @description Made at the tip; false: while history was read, without what came later */
            live: boolean;
            /** @description What its probability or intervals were learnt from */
            calibration: string | null;
            /** @enum {string} */
            kind: "fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch" | "fee-rate" | "next-difficulty" | "next-halving" | "exchange-pressure";
            statement: components["schemas"]["PredictionStatement"];
            outcome: components["schemas"]["PredictionOutcome"];
            resolvedAt: {
                height: number;
                blockHash: string;
                /** Format: date-time */
                time: string;
            };
            brier: number | null;
            /** @description Of fee rates in doublings, else in the unit */
            intervals: {
                level: number;
                covered: boolean;
                width: number;
                /** @description Interval score: the width, and 2/α times of what lies outside */
                winkler: number;
            }[];
            /** @description Its place in the chain of entries */
            entry: {
                seq: number;
                hash: string;
            };
        };
        ClaimScores: {
            cameTrue: number;
            /** @description Of the decided ones; the scores are theirs */
            withProbability: number;
            brier: number | null;
            /** @description Over always saying the base rate; null: all came out alike */
            skill: number | null;
            calibrationError: number | null;
            bins: {
                count: number;
                meanProbability: number;
                observed: number;
            }[];
        };
        /** @description Means; of fee rates in doublings, else in the unit */
        IntervalScores: {
            level: number;
            n: number;
            coverage: number;
            width: number;
            winkler: number;
        };
        KindScores: {
            /** @enum {string} */
            kind: "fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch" | "fee-rate" | "next-difficulty" | "next-halving" | "exchange-pressure";
            /** @description Where the subjects of a kind are not alike; else null */
            subject: string | null;
            made: number;
            /** @description Of those made: at the tip, not while history was read */
            live: number;
            open: number;
            decided: number;
            /** @description Over, and blocks do not tell what came of them */
            undecided: number;
            /** @description Their block left the chain */
            withdrawn: number;
            claims: components["schemas"]["ClaimScores"] | null;
            intervals: components["schemas"]["IntervalScores"][];
        };
        Scorecard: {
            /** @description Newest entry of the chain; whoever notes it can tell later whether the chain still holds it */
            head: {
                seq: number;
                hash: string;
            } | null;
            kinds: components["schemas"]["KindScores"][];
            /** @description Hits and misses alike, newest first */
            resolved: components["schemas"]["ResolvedPrediction"][];
            nextPageToken: string | null;
            nextPageUrl: string | null;
        };
        Highlight: {
            headline: {
                text: string;
                found: boolean;
            }[];
            summary: {
                text: string;
                found: boolean;
            }[];
        };
        InsightList: {
            insights: components["schemas"]["Insight"][];
            /** @description By id, where words were searched for: which of them stand where */
            highlights: {
                [key: string]: components["schemas"]["Highlight"];
            };
            nextPageToken: string | null;
            nextPageUrl: string | null;
            /** @description Resume the stream with since=lastEventId to miss nothing after this list */
            lastEventId: number;
        };
        /** @description Each counted as if its own part of the filter were left open */
        InsightFacets: {
            /** @description Insights that the whole filter leaves */
            total: number;
            /** @description false: more than 2,000 insights meet the words, the newest 2,000 alone were counted, and there may be more of each */
            complete: boolean;
            /** @description The most first */
            category: {
                /** @enum {string} */
                value: "mempool" | "exchange" | "miner" | "whale" | "network" | "predictive";
                count: number;
            }[];
            /** @description The most first */
            kind: {
                /** @enum {string} */
                value: "fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch";
                count: number;
            }[];
            /** @description The most first */
            status: {
                /** @enum {string} */
                value: "preliminary" | "confirmed" | "retracted";
                count: number;
            }[];
            /** @description How many state at least so much; none of those that state none */
            confidence: {
                atLeast: number;
                count: number;
            }[];
        };
        RelatedInsights: {
            insights: components["schemas"]["Insight"][];
        };
        EnteredStatement: {
            /** @enum {string} */
            kind: "fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch";
            text: string;
            /** @description null: too few outcomes were known */
            probability: number | null;
            /** @description Of the block in which it was made */
            height: number;
            /** @description Height of the block that decides it at the latest */
            dueHeight: number;
            /** @description It is the claim of the insight itself, as it was first told */
            isOwn: boolean;
            /** @enum {string} */
            state: "open" | "resolved" | "withdrawn";
            /** @description null until it is resolved */
            outcome: components["schemas"]["PredictionOutcome"] | null;
            resolvedAt: {
                height: number;
                blockHash: string;
                /** Format: date-time */
                time: string;
            } | null;
        };
        InsightOutcome: {
            /**
             * @description none: nothing is claimed; withdrawn: its block left the chain
             * @enum {string}
             */
            state: "none" | "open" | "resolved" | "withdrawn";
            /** @description null until it is resolved */
            outcome: components["schemas"]["PredictionOutcome"] | null;
            resolvedAt: {
                height: number;
                blockHash: string;
                /** Format: date-time */
                time: string;
            } | null;
            /** @description Every statement that was entered in the scorecard for it, its own claim among them: of what it was told with, and of a flow that it goes on as */
            statements: components["schemas"]["EnteredStatement"][];
        };
        EsploraBlock: {
            id: string;
            height: number;
            version: number;
            /** @description Header time, unix seconds */
            timestamp: number;
            tx_count: number;
            size: number;
            weight: number;
            /** @description null: it is block 0 */
            previousblockhash: string | null;
            /** @description null where its parents are not stored */
            mediantime: number | null;
            bits: number;
            difficulty: number;
        };
        EsploraBlockStatus: {
            in_best_chain: boolean;
            height: number;
            /** @description null: nothing is known on top of it */
            next_best: string | null;
        };
        EsploraTransactionStatus: {
            confirmed: boolean;
            block_height: number;
            block_hash: string;
            /** @description Unix seconds */
            block_time: number;
        };
        EsploraMempool: {
            count: number;
            vsize: number;
            /** @description Satoshis */
            total_fee: number;
            /** @description Fee rates in sat/vB, highest first, each with the virtual bytes from it up to the one before */
            fee_histogram: [
                number,
                number
            ][];
        };
        /** @description sat/vB by the number of blocks that one is ready to wait */
        EsploraFeeEstimates: {
            [key: string]: number;
        };
        GlassnodeSeries: {
            /** @description Unix seconds */
            t: number;
            v: number;
        }[];
        MempoolNow: {
            /**
             * Format: date-time
             * @description When it was seen, by the source's clock
             */
            time: string;
            count: number;
            weight: number;
            /** @description Satoshis */
            totalFee: number;
            /** @description sat/vB below which the node takes nothing */
            minFeeRate: number | null;
            tipHeight: number | null;
            /** @description By package fee rate; null where the source tells none */
            histogram: {
                /** @description sat/vB, included; the next band's is not */
                from: number;
                weight: number;
                count: number;
            }[] | null;
            /** @description As they would be mined now; the last one holds all the rest */
            projectedBlocks: {
                count: number;
                weight: number;
                totalFee: number;
                /** @description Lowest, 10, 25, 50, 75, 90 percent points by weight, highest; empty if not told */
                feeRates: number[];
            }[];
        };
        MempoolHistory: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description Lower bounds of the bands, sat/vB, ascending */
            bands: number[];
            points: {
                /**
                 * Format: date-time
                 * @description When it was seen, by the source's clock
                 */
                time: string;
                count: number;
                weight: number;
                /** @description Satoshis */
                totalFee: number;
                /** @description sat/vB below which the node takes nothing */
                minFeeRate: number | null;
                /** @description Median of the next block, sat/vB */
                nextBlockFeeRate: number | null;
                /** @description What waits in each band; null where not told */
                weights: number[] | null;
            }[];
        };
        RecommendedFees: {
            /** Format: date-time */
            time: string;
            targets: {
                withinBlocks: number;
                /** @description sat/vB: lowest that is in so many of the blocks that could be made now; null where not told */
                feeRate: number | null;
                /** @description What is expected to be needed by then; null where nothing is forecast */
                forecast: components["schemas"]["Forecast"] | null;
            }[];
            /** @description sat/vB below which the node takes nothing */
            minimum: number | null;
            /** @description This and the next four as mempool.space computes them, whole sat/vB: by the median of the first projected block; null where the source tells no medians */
            fastestFee: number | null;
            /** @description By the median of the second, blended with the first */
            halfHourFee: number | null;
            /** @description By the median of the third, blended with the second */
            hourFee: number | null;
            /** @description As hourFee, at most twice minimumFee */
            economyFee: number | null;
            /** @description What the node takes, rounded up */
            minimumFee: number | null;
        };
        Component: {
            /**
             * @description queue: where a process has made one; disk: of the process that answers; backup: where backups are scheduled
             * @enum {string}
             */
            name: "database" | "ingest" | "source" | "api" | "queue" | "disk" | "backup";
            /** @enum {string} */
            state: "healthy" | "degraded" | "down";
            /** @description Why it is not healthy, or which of several sources is in use and why */
            reason: string | null;
            /** Format: date-time */
            checkedAt: string;
            /** @description Of the database for an answer, of the queue and the disk to be counted; of the API the median of its answers in the last seconds; of ingest the median of what a block takes and of the source that until one it told of is stored, of the last 24 hours; null: nothing was timed */
            latencyMs: number | null;
        };
        ChainTip: {
            height: number;
            hash: string;
            /**
             * Format: date-time
             * @description Header time
             */
            time: string;
            /** @description Chain time now minus header time */
            ageSeconds: number;
        };
        Backfill: {
            /** @enum {string} */
            state: "running" | "done";
            blocksDone: number;
            blocksTotal: number;
            blocksPerSecond: number | null;
            etaSeconds: number | null;
        };
        Mempool: {
            /**
             * Format: date-time
             * @description When it was seen, by the source's clock
             */
            time: string;
            count: number;
            weight: number;
            /** @description Satoshis */
            totalFee: number;
            /** @description sat/vB below which the node takes nothing */
            minFeeRate: number | null;
            /** @description Median package fee rate of the next block as it would be mined now, sat/vB */
            nextBlockFeeRate: number | null;
        };
        Quiet: {
            /** @enum {string} */
            reason: "clock-jump" | "labels-changed" | "labels-unreadable" | "source-behind" | "mempool-lost" | "reorg";
            /** @description For a person */
            detail: string;
            /** @description First block; null where it is of the source */
            sinceHeight: number | null;
            /** @description Header time of that block, null where it is not stored; of the source, wall clock */
            since: string | null;
            /** @description Kinds of which nothing is published */
            silent: ("fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch")[];
            /** @description Whether nothing is to be said of the present */
            presentUnknown: boolean;
        };
        LanguageModelUse: {
            /** @description <provider>:<model> */
            name: string;
            /** @description Of the budget of this day, UTC */
            today: {
                requests: number;
                requestsPerDay: number;
                tokens: number;
                tokensPerDay: number;
            };
            /** @description Since the database was made, all models together; asked and not yet answered in none else */
            total: {
                asked: number;
                /** @description Published */
                accepted: number;
                /** @description Evidence did not back the text; the template stands */
                refused: number;
                failed: number;
                timedOut: number;
                /** @description The insight was retracted, or moved to another block, meanwhile */
                tooLate: number;
                /** @description Not asked */
                overBudget: number;
            };
            /** @description Why texts were refused and requests failed, the commonest first */
            reasons: {
                outcome: string;
                reason: string;
                count: number;
            }[];
        };
        AnswerCache: {
            /** @description Since this process began */
            hits: number;
            misses: number;
            /** @description null before the first */
            hitRate: number | null;
            /** @enum {string} */
            redis: "none" | "reachable" | "unreachable";
        };
        DiskUse: {
            /**
             * @description The data directory with its database; where the database's log of changes is archived; backups with it
             * @enum {string}
             */
            name: "data" | "log" | "backups";
            /** @description By the files in it */
            usedBytes: number;
            /** @description Of the disk that it is on */
            freeBytes: number;
            totalBytes: number;
        };
        QueueState: {
            waiting: number;
            active: number;
            /** @description In the last hour: later they are forgotten */
            failed: number;
            /** @description null: none waits */
            oldestWaitingSeconds: number | null;
        };
        Processing: {
            /**
             * Format: date-time
             * @description 24 hours ago, or when the first block was measured
             */
            since: string;
            blocks: number;
            /** @description Of all that time, whether there were any to store */
            blocksPerSecond: number;
            /** @description From a block at hand to it being stored, half of them; within 5 % */
            p50Ms: number | null;
            p95Ms: number | null;
            /** @description From when the source told of a block to when it was stored, of those that it told of */
            sourceLag: {
                blocks: number;
                p50Ms: number | null;
                p95Ms: number | null;
            };
        };
        RetentionRun: {
            /** @description Rows of one kind that go when they are old; docs/guide/retention.md */
            family: string;
            keptDays: number;
            /** Format: date-time */
            ranAt: string;
            /** @description null: with what is written next */
            nextAt: string | null;
            /** @description By the last run: rows, of events and mempoolSnapshots whole partitions */
            removed: number;
            removedTotal: number;
            /** @description Why the last run removed nothing; null: it did what it should */
            failure: string | null;
        };
        MonitoringStatus: {
            /** @enum {string} */
            state: "healthy" | "degraded" | "down";
            version: string;
            /** @description null while it cannot be read */
            network: string | null;
            simulated: boolean | null;
            source: string | null;
            /** @description What the source turned out to be */
            sourceDescription: string | null;
            /** @description A set of blocks has no tip that moves; null until ingest reported */
            sourceKind: ("chain" | "set") | null;
            /**
             * Format: date-time
             * @description Wall clock of the server
             */
            now: string;
            /** @description The chain's own clock; null until ingest reported */
            chainTime: string | null;
            /** @description Newest block that is stored; null when none is */
            tip: components["schemas"]["ChainTip"] | null;
            blocksBehind: number | null;
            backfill: components["schemas"]["Backfill"] | null;
            /** @description As last seen; null where the source sees no mempool */
            mempool: components["schemas"]["Mempool"] | null;
            /** @description Conditions in which something is not published; docs/reference/quiet-mode.md */
            quiet: components["schemas"]["Quiet"][];
            /** @description Words new insights anew; null where none is configured */
            languageModel: components["schemas"]["LanguageModelUse"] | null;
            counts: {
                blocks: number;
                signals: number;
                insights: number;
            } | null;
            /** @description Answers of the API that are remembered; null where none are */
            cache: components["schemas"]["AnswerCache"] | null;
            /** @description Of blocks that were followed in the last 24 hours; null: none was stored */
            processing: components["schemas"]["Processing"] | null;
            /** @description Ranges of backfills; null: no process has made the queue */
            queue: components["schemas"]["QueueState"] | null;
            /** @description As the process that answers sees it; null: it was told of no directory */
            disk: components["schemas"]["DiskUse"][] | null;
            /** @description How what is old was removed last; null while the database is away */
            retention: components["schemas"]["RetentionRun"][] | null;
            streamClients: number;
            lastEventId: number | null;
            components: components["schemas"]["Component"][];
        };
        Liveness: {
            /** @constant */
            status: "ok";
        };
        Readiness: {
            ready: boolean;
            checks: {
                name: string;
                ok: boolean;
                reason: string | null;
            }[];
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            instance: string;
            code: string;
            requestId: string;
            errors?: {
                path: string;
                message: string;
            }[];
        };
        Session: {
            /** @enum {string} */
            role: "guest" | "member" | "analyst" | "service" | "admin" | "operator";
            /** @description Whether the account may no more than a guest until codes are set up for it */
            lacksCodes: boolean;
            /** @description What the role may do, by the names of permissions.ts */
            permissions: string[];
            /** @description Whose account this browser is signed in to */
            person: components["schemas"]["Person"] | null;
            /**
             * @description Who may make an account: everybody, whoever was invited, or the operator alone
             * @enum {string}
             */
            registration: "open" | "invite" | "closed";
            /** @description Who else can say who somebody is */
            providers: {
                /** @enum {string} */
                id: "google" | "github" | "oidc";
                name: string;
            }[];
            /** @description Whether a browser can make passkeys for this server's address */
            passkeys: boolean;
            /** @description Whether the account has a password; false without an account */
            hasPassword: boolean;
            /** @description Whether letters leave the server; else its operator finds them in the log */
            mailsLetters: boolean;
            /** @description Whether anybody has an administrator's account yet */
            hasAdmin: boolean;
        };
        SignInAnswer: {
            /** @enum {string} */
            role: "guest" | "member" | "analyst" | "service" | "admin" | "operator";
            /** @description Whether the account may no more than a guest until codes are set up for it */
            lacksCodes: boolean;
            /** @description What the role may do, by the names of permissions.ts */
            permissions: string[];
            /** @description Whose account this browser is signed in to */
            person: components["schemas"]["Person"] | null;
            /**
             * @description Who may make an account: everybody, whoever was invited, or the operator alone
             * @enum {string}
             */
            registration: "open" | "invite" | "closed";
            /** @description Who else can say who somebody is */
            providers: {
                /** @enum {string} */
                id: "google" | "github" | "oidc";
                name: string;
            }[];
            /** @description Whether a browser can make passkeys for this server's address */
            passkeys: boolean;
            /** @description Whether the account has a password; false without an account */
            hasPassword: boolean;
            /** @description Whether letters leave the server; else its operator finds them in the log */
            mailsLetters: boolean;
            /** @description Whether anybody has an administrator's account yet */
            hasAdmin: boolean;
            /**
             * @description Whether a code has to follow: POST /api/v1/auth/second-factor
             * @enum {string}
             */
            next: "signed-in" | "second-factor";
        };
        StoredEvent: {
            id: number;
            /** @enum {string} */
            type: "insight.published" | "insight.updated" | "insight.retracted";
            /** Format: date-time */
            at: string;
            data: components["schemas"]["Insight"];
        } | {
            id: number;
            /** @enum {string} */
            type: "block.connected" | "block.disconnected";
            /** Format: date-time */
            at: string;
            data: {
                height: number;
                hash: string;
                /** Format: date-time */
                time: string;
                txs: number;
                medianFeeRate: number | null;
                pool: string | null;
            };
        } | {
            id: number;
            /** @constant */
            type: "feedback.updated";
            /** Format: date-time */
            at: string;
            data: components["schemas"]["FeedbackStats"];
        } | {
            id: number;
            /** @constant */
            type: "brief.published";
            /** Format: date-time */
            at: string;
            data: {
                /** Format: date */
                date: string;
                /** @description The permanent link */
                url: string;
                headlines: string[];
            };
        };
        HelloMessage: {
            /** @constant */
            type: "hello";
            serverVersion: string;
            /**
             * Format: uuid
             * @description Event ids of another stream mean nothing here
             */
            streamId: string;
            lastEventId: number;
        };
        ServerMessage: components["schemas"]["HelloMessage"] | {
            /** @constant */
            type: "reset";
            lastEventId: number;
        } | {
            /** @constant */
            type: "error";
            code: string;
            detail: string;
        } | {
            /** @constant */
            type: "status";
            data: components["schemas"]["MonitoringStatus"];
        } | {
            /** @constant */
            type: "backfill";
            data: components["schemas"]["BackfillList"];
        } | {
            /** @constant */
            type: "mempool";
            data: components["schemas"]["MempoolNow"];
        } | {
            /** @constant */
            type: "forecast";
            data: components["schemas"]["ForecastList"];
        } | components["schemas"]["StoredEvent"];
        ClientMessage: {
            /** @constant */
            type: "subscribe";
            since?: number;
            /** @description Instead of the path's own */
            topics?: ("insight" | "feedback" | "brief" | "block" | "status" | "backfill" | "mempool" | "forecast")[];
        };
        SystemMetrics: {
            points: {
                /** Format: date-time */
                time: string;
                /** @description Measurements, one in ten seconds of each process */
                samples: number;
                /** @description Memory of the process, mean */
                rssBytes: number;
                heapBytes: number;
                /** @description Of one processor, mean */
                cpuShare: number;
                /** @description How long something waited for its turn: the worst of the 99th percentiles of ten seconds each */
                loopDelayP99Ms: number;
                /** @description For an answer of the database, mean */
                databaseMs: number;
                databaseBytes: number;
                requests: number;
                /** @description Of all requests of the span, within 5 %; null where nothing was asked */
                requestP50Ms: number | null;
                requestP95Ms: number | null;
                requestP99Ms: number | null;
                streamClients: number;
                /** @description From when an event is stored to when all who listen were handed it, the longest; null where there was none */
                eventLagMs: number | null;
            }[];
        };
        SignalMetrics: {
            points: {
                /** Format: date-time */
                time: string;
                /** @enum {string} */
                kind: "fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch";
                /**
                 * @description What insights about them are filed under
                 * @enum {string}
                 */
                category: "mempool" | "exchange" | "miner" | "whale" | "network" | "predictive";
                count: number;
            }[];
        };
        InsightMetrics: {
            points: {
                /** Format: date-time */
                time: string;
                /** @enum {string} */
                category: "mempool" | "exchange" | "miner" | "whale" | "network" | "predictive";
                /** @enum {string} */
                status: "preliminary" | "confirmed" | "retracted";
                count: number;
                /** @description Mean of those that claim something */
                confidence: number | null;
            }[];
        };
        TriedSource: {
            /** @description For a person, without secrets */
            source: string;
            /** @description What answered, and what it can do */
            description: string;
            network: string;
            simulated: boolean;
            /** @description null where it has none, or where finding it takes long */
            tipHeight: number | null;
            /** @description The lowest block that it gives; null where not known */
            lowestHeight: number | null;
            /** @description Whether it has the chain that is stored; null while none is. false: it begins anew */
            fits: boolean | null;
        };
        SourceTest: {
            ok: boolean;
            /** @description What the node really answered, in a sentence */
            message: string;
            /** @description Of the error; null where it answered */
            code: string | null;
            tried: components["schemas"]["TriedSource"] | null;
        };
        ChosenSource: {
            /** @description For a person, without secrets */
            source: string;
            /** @description What answered, and what it can do */
            description: string;
            network: string;
            simulated: boolean;
            /** @description null where it has none, or where finding it takes long */
            tipHeight: number | null;
            /** @description The lowest block that it gives; null where not known */
            lowestHeight: number | null;
            /** @description Whether it has the chain that is stored; null while none is. false: it begins anew */
            fits: boolean | null;
            /** @description null where blocks are stored, or none was asked for */
            startHeight: number | null;
        };
        Setup: {
            /**
             * @description silent: nobody reads blocks here, so no source can be tested
             * @enum {string}
             */
            ingest: "running" | "silent";
            /** @description That is being read; null where ingest is silent */
            source: {
                name: string;
                description: string;
                /** @enum {string} */
                state: "healthy" | "degraded" | "down";
                reason: string | null;
                tipHeight: number | null;
            } | null;
            /**
             * @description said: --source or UTXOIQ_SOURCE names it, which counts before a choice
             * @enum {string}
             */
            choice: "open" | "said" | "unknown";
            /** @description What was chosen on the page of this database */
            chosen: {
                /** @description Without secrets */
                source: string;
                historyBlocks: number | null;
                /** Format: date-time */
                at: string;
                by: string;
            } | null;
            /** @description Of the blocks that are stored; null before the first */
            network: string | null;
            simulated: boolean | null;
            /** @description How far reading is */
            progress: {
                stored: {
                    first: number;
                    last: number;
                } | null;
                /** @description Of those that there were at start; null where unknown */
                blocksDone: number | null;
                blocksTotal: number | null;
                blocksPerSecond: number | null;
                etaSeconds: number | null;
                blocksBehind: number | null;
            };
        };
        Label: {
            entity: {
                actor: string;
                /** @enum {string} */
                kind: "exchange" | "pool" | "custodian" | "service" | "mixer" | "market" | "gambling" | "government" | "sanctioned" | "theft" | "person" | "simulated" | "other";
            };
            /** @description null: a script without one, or the text of a coinbase */
            address: string | null;
            /** @description Hexadecimal; null: the text of a coinbase */
            script: string | null;
            /** @description Text that the coinbases of a pool have in them */
            tag: string | null;
            /** @description The entity as the file names it */
            spelling: string;
            /** @description As the file says; kind follows from it */
            category: string | null;
            label: string | null;
            /** @description Where the file has it from */
            source: string | null;
            abuse: string | null;
            /** @description As the file says */
            confidence: string | null;
            edited: string | null;
            validFrom: string | null;
            validUntil: string | null;
            file: string;
            /**
             * Format: date-time
             * @description When it was imported
             */
            knownSince: string;
            /** @description First version of the labels that has it */
            versionFrom: number;
            /** @description The first without it; null: it is valid */
            versionTo: number | null;
        };
        LabelList: {
            /** @description Of which these are; 0: nothing was imported yet */
            labelVersion: number;
            /** @description Entity by entity */
            labels: components["schemas"]["Label"][];
            nextPageToken: string | null;
            nextPageUrl: string | null;
        };
        Signal: {
            height: number;
            blockHash: string;
            /**
             * Format: date-time
             * @description Header time
             */
            time: string;
            /** @description Of the signals of its block, from 0 on */
            number: number;
            /** @enum {string} */
            kind: "fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch";
            /**
             * @description What an insight about it is filed under
             * @enum {string}
             */
            category: "mempool" | "exchange" | "miner" | "whale" | "network" | "predictive";
            /** @description First block of what was measured; often the block itself */
            startHeight: number;
            /** @description Whom it is about; null: the chain as a whole */
            subject: components["schemas"]["Entity"] | null;
            /** @description Who is named beside; null: nobody */
            other: components["schemas"]["Entity"] | null;
            direction: ("above" | "below") | null;
            /** @description Rank in its own history; null: too little of it, or nothing to compare */
            surprise: {
                percentile: number;
                sampleSize: number;
            } | null;
            /** @description The first is the one that stands out */
            metrics: {
                name: string;
                /** @enum {string} */
                unit: "sats" | "sat/vB" | "count" | "percent" | "ratio" | "seconds" | "days" | "coin-days" | "H/s" | "WU";
                value: number;
                /** @description Middle of the history that it was compared with */
                baseline: number | null;
                /** @description What it had to pass to stand out */
                level: number | null;
            }[];
            /** @description Transactions that it cites, the largest first */
            transactions: {
                txid: string;
                /** @description Paid to scripts that it does not spend from, satoshis */
                value: number;
                /** @description Satoshis */
                fee: number;
                toAddress: string | null;
                /** @description Mean age of the spent coins by value */
                coinAgeDays: number | null;
                from: components["schemas"]["Entity"] | null;
                to: components["schemas"]["Entity"] | null;
                kind: ("deposit" | "withdrawal" | "in-house" | "inter-entity") | null;
            }[];
        };
        SignalList: {
            signals: components["schemas"]["Signal"][];
            nextPageToken: string | null;
            nextPageUrl: string | null;
        };
        Metric: {
            name: string;
            title: string;
            unit: string;
            /** @description Formula, or what is counted */
            meaning: string;
            /** @description Whose definition it is */
            source: string;
            /** @description Without which a block has no value */
            needs: ("spent outputs" | "coin heights" | "parents" | "labels") | null;
            /**
             * @description How blocks of an hour or a day become one unless asked otherwise
             * @enum {string}
             */
            usual: "mean" | "sum" | "min" | "max" | "median";
        };
        MetricList: {
            metrics: {
                name: string;
                title: string;
                unit: string;
                /** @description Formula, or what is counted */
                meaning: string;
                /** @description Whose definition it is */
                source: string;
                /** @description Without which a block has no value */
                needs: ("spent outputs" | "coin heights" | "parents" | "labels") | null;
                /**
                 * @description How blocks of an hour or a day become one unless asked otherwise
                 * @enum {string}
                 */
                usual: "mean" | "sum" | "min" | "max" | "median";
                /** @description Share of the blocks of the last 30 days that have a value; null without blocks */
                coverage: number | null;
            }[];
        };
        Series: {
            metric: components["schemas"]["Metric"];
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @enum {string} */
            resolution: "block" | "hour" | "day";
            /** @description null block by block */
            aggregate: ("mean" | "sum" | "min" | "max" | "median") | null;
            /** @description Of the labels that were asked for by asOf; null: by the newest */
            labelVersion: number | null;
            /** @description Points that there are; where more than points, those that show the shape best were chosen */
            available: number;
            /** @description Hours or days of it that have blocks and are not computed yet, as after a first start; then auto gives blocks up to 31 days */
            unmade: number;
            points: {
                /**
                 * Format: date-time
                 * @description Header time, or when the hour or day begins
                 */
                time: string;
                height: number | null;
                value: number;
            }[];
        };
    };
    responses: {
        /** @description What If-None-Match names is still so */
        NotModified: {
            headers: {
                /** @description Names the answer by its content */
                ETag?: string;
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The request cannot be understood; errors says which field is wrong. Codes: API_BAD_REQUEST, AUTH_LINK_REFUSED, AUTH_WEAK_PASSWORD, STORE_LABEL_VERSION, STORE_BACKFILL_RANGE */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Nobody is signed in who may do this, or a token or key does not count. Codes: API_CODE_REFUSED, AUTH_SIGN_IN_REFUSED, API_UNAUTHORIZED */
        Unauthorized: {
            headers: {
                /** @description How to say who asks */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Who asks may not do this, or not from there. Codes: AUTH_KEPT_OUT, AUTH_EMAIL_UNVERIFIED, AUTH_REGISTRATION_CLOSED, AUTH_WRONG_PASSWORD, AUTH_WRONG_CODE, AUTH_SIGN_IN_AGAIN, AUTH_PASSKEY_REFUSED, AUTH_TOKEN_REFUSED, AUTH_NO_SUCH_ACCOUNT, AUTH_CODES_NEEDED, API_FORBIDDEN, API_EXPORT_TOO_LARGE */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing. Codes: AUTH_NO_SUCH_METHOD, AUTH_NO_SUCH_PASSKEY, AUTH_NO_SUCH_PROVIDER, AUTH_NO_SUCH_KEY, API_PERSON_NOT_FOUND, API_INVITATION_NOT_FOUND, API_SESSION_NOT_FOUND, API_ROUTE_NOT_FOUND, API_BLOCK_NOT_FOUND, API_BRIEF_NOT_FOUND, API_ENTITY_NOT_FOUND, API_COMMENT_NOT_FOUND, API_INSIGHT_WITHOUT_PICTURE, API_INSIGHT_NOT_FOUND, API_MEMPOOL_UNKNOWN, API_METRIC_NOT_FOUND, API_TRANSACTION_NOT_FOUND, STORE_BACKFILL_UNKNOWN */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It is not in the state for that. Codes: AUTH_LAST_WAY_IN, AUTH_SECOND_FACTOR_ON, AUTH_NO_SECOND_FACTOR, AUTH_EMAIL_TAKEN, AUTH_TOO_MANY_KEYS, API_LAST_ADMIN, STORE_BACKFILL_STATE, API_REQUEST_RUNNING, API_TOLD_ONCE, API_SOURCE_REFUSED */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It was there, and is not any more. Codes: API_INSIGHT_BLOCK_GONE */
        Gone: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large. Codes: API_PAYLOAD_TOO_LARGE */
        PayloadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Another request had this Idempotency-Key. Codes: API_OTHER_REQUEST */
        UnprocessableContent: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too much was asked for in a short time. Codes: AUTH_TOO_MANY_SIGN_INS, API_TOO_MANY_STREAMS, API_TOO_MANY_REQUESTS */
        TooManyRequests: {
            headers: {
                /** @description Seconds after which to ask again */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Something went wrong on our side; the log has it under requestId. Codes: API_INTERNAL */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not now: overloaded, stopping, or without what it takes. Codes: AUTH_PROVIDER_UNREACHABLE, MAIL_NOT_SENT, STORE_COMMAND_EXPIRED, STORE_COMMAND_UNANSWERED, API_STOPPING, API_DASHBOARD_NOT_BUILT, API_OVERLOADED, API_NOT_READY, API_DATABASE_UNAVAILABLE */
        Unavailable: {
            headers: {
                /** @description Seconds after which to ask again */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getPrometheusMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInsights: {
        parameters: {
            query?: {
                /** @description Of how many a page is */
                pageSize?: number;
                /** @description Where to go on: nextPageToken of the page before */
                pageToken?: string;
                /** @description relevance: with q, the best met first, of the 2,000 newest that meet it */
                sort?: "newest" | "relevance";
                /** @description One or several, with commas between */
                category?: string | ("mempool" | "exchange" | "miner" | "whale" | "network" | "predictive");
                /** @description One or several, with commas between */
                kind?: string | ("fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch");
                /** @description Header time of the block, from then on */
                from?: string;
                /** @description Header time of the block, before then */
                to?: string;
                /** @description The lowest block */
                fromHeight?: number;
                /** @description The highest block */
                toHeight?: number;
                /** @description One or several, with commas between */
                status?: string | ("preliminary" | "confirmed" | "retracted");
                /** @description At least so; insights that claim nothing are left out */
                minConfidence?: number;
                /** @description Whom it is about, spelt as in evidence.subject */
                entity?: string;
                /** @description One of its tags: a category, a kind or a name */
                tag?: string;
                /** @description Words (the last may be cut short), a quoted phrase, -word, a txid, a block hash or a height */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InsightList"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInsightsFacets: {
        parameters: {
            query?: {
                /** @description One or several, with commas between */
                category?: string | ("mempool" | "exchange" | "miner" | "whale" | "network" | "predictive");
                /** @description One or several, with commas between */
                kind?: string | ("fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch");
                /** @description Header time of the block, from then on */
                from?: string;
                /** @description Header time of the block, before then */
                to?: string;
                /** @description The lowest block */
                fromHeight?: number;
                /** @description The highest block */
                toHeight?: number;
                /** @description One or several, with commas between */
                status?: string | ("preliminary" | "confirmed" | "retracted");
                /** @description At least so; insights that claim nothing are left out */
                minConfidence?: number;
                /** @description Whom it is about, spelt as in evidence.subject */
                entity?: string;
                /** @description One of its tags: a category, a kind or a name */
                tag?: string;
                /** @description Words (the last may be cut short), a quoted phrase, -word, a txid, a block hash or a height */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InsightFacets"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInsightsLatest: {
        parameters: {
            query?: {
                /** @description One or several, with commas between */
                category?: string | ("mempool" | "exchange" | "miner" | "whale" | "network" | "predictive");
                /** @description One or several, with commas between */
                kind?: string | ("fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch");
                /** @description Header time of the block, from then on */
                from?: string;
                /** @description Header time of the block, before then */
                to?: string;
                /** @description The lowest block */
                fromHeight?: number;
                /** @description The highest block */
                toHeight?: number;
                /** @description One or several, with commas between */
                status?: string | ("preliminary" | "confirmed" | "retracted");
                /** @description At least so; insights that claim nothing are left out */
                minConfidence?: number;
                /** @description Whom it is about, spelt as in evidence.subject */
                entity?: string;
                /** @description One of its tags: a category, a kind or a name */
                tag?: string;
                /** @description Words (the last may be cut short), a quoted phrase, -word, a txid, a block hash or a height */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Insight"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInsightsExport: {
        parameters: {
            query?: {
                /** @description ndjson: a line each */
                format?: "csv" | "json" | "ndjson";
                /** @description One or several, with commas between */
                category?: string | ("mempool" | "exchange" | "miner" | "whale" | "network" | "predictive");
                /** @description One or several, with commas between */
                kind?: string | ("fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch");
                /** @description Header time of the block, from then on */
                from?: string;
                /** @description Header time of the block, before then */
                to?: string;
                /** @description The lowest block */
                fromHeight?: number;
                /** @description The highest block */
                toHeight?: number;
                /** @description One or several, with commas between */
                status?: string | ("preliminary" | "confirmed" | "retracted");
                /** @description At least so; insights that claim nothing are left out */
                minConfidence?: number;
                /** @description Whom it is about, spelt as in evidence.subject */
                entity?: string;
                /** @description One of its tags: a category, a kind or a name */
                tag?: string;
                /** @description Words (the last may be cut short), a quoted phrase, -word, a txid, a block hash or a height */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "application/json": components["schemas"]["Insight"][];
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInsightsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the insight */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Insight"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInsightsIdRelated: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the insight */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelatedInsights"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInsightsIdOutcome: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the insight */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InsightOutcome"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInsightsIdBundle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the insight */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InsightBundle"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInsightsIdExplanation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the insight */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InsightExplanation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getForecasts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForecastList"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getScorecard: {
        parameters: {
            query?: {
                /** @description Of how many a page is */
                pageSize?: number;
                /** @description Where to go on: nextPageToken of the page before */
                pageToken?: string;
                /** @description Of the resolved alone */
                kind?: "fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch" | "fee-rate" | "next-difficulty" | "next-halving" | "exchange-pressure";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scorecard"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBriefs: {
        parameters: {
            query?: {
                /** @description Of how many a page is */
                pageSize?: number;
                /** @description Where to go on: nextPageToken of the page before */
                pageToken?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BriefList"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBriefsDate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A day of UTC, like 2026-03-14 */
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Brief"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBriefsDateMd: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A day of UTC, like 2026-03-14 */
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/markdown": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBriefsDateHtml: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A day of UTC, like 2026-03-14 */
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBriefsDatePicturesNumberSvg: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A day of UTC, like 2026-03-14 */
                date: string;
                /** @description Of the event in the brief, from 1 on */
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBriefsDatePicturesNumberPng: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A day of UTC, like 2026-03-14 */
                date: string;
                /** @description Of the event in the brief, from 1 on */
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFeedsInsightsAtom: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/atom+xml": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFeedsBriefsAtom: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/atom+xml": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTip: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tip"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBlocks: {
        parameters: {
            query?: {
                /** @description Of how many a page is */
                pageSize?: number;
                /** @description Where to go on: nextPageToken of the page before */
                pageToken?: string;
                /** @description The lowest that is listed; not with sort */
                fromHeight?: number;
                /** @description The highest that is listed; not with sort */
                toHeight?: number;
                /** @description Among the newest 10000, by height, time, pool, txs, size, weight, fees, low, median, high, totalOut, signals; - falls, further ones after commas; what is not known comes last */
                sort?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlockList"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBlocksBlock: {
        parameters: {
            query?: {
                /** @description As the labels were: a version of them, or a moment such as 2026-01-31; by the newest where left out */
                asOf?: string;
            };
            header?: never;
            path: {
                /** @description A height, or a hash in display order */
                block: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Block"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTransfers: {
        parameters: {
            query?: {
                /** @description As the labels were: a version of them, or a moment such as 2026-01-31; by the newest where left out */
                asOf?: string;
                /** @description Of how many a page is */
                pageSize?: number;
                /** @description Where to go on: nextPageToken of the page before */
                pageToken?: string;
                /** @description Satoshis */
                minimum?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferList"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTransactionsTxid: {
        parameters: {
            query?: {
                /** @description As the labels were: a version of them, or a moment such as 2026-01-31; by the newest where left out */
                asOf?: string;
            };
            header?: never;
            path: {
                /** @description Of the transaction, in display order */
                txid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transaction"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTransactionsTxidLookup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the transaction, in display order */
                txid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransactionLookup"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPools: {
        parameters: {
            query?: {
                /** @description Up to the newest stored block */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolShares"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSignals: {
        parameters: {
            query?: {
                /** @description Of how many a page is */
                pageSize?: number;
                /** @description Where to go on: nextPageToken of the page before */
                pageToken?: string;
                /** @description One or several, with commas between */
                category?: string | ("mempool" | "exchange" | "miner" | "whale" | "network" | "predictive");
                /** @description One or several, with commas between */
                kind?: string | ("fee-spike" | "fee-level" | "mempool-flush" | "block-interval" | "block-fullness" | "empty-block" | "pool-run" | "hash-rate" | "difficulty-outlook" | "inflow-spike" | "outflow-spike" | "large-transfer" | "coin-days-destroyed" | "revived-supply" | "dormancy" | "inscription-wave" | "consolidation-wave" | "coinjoin-wave" | "inflow-streak" | "outflow-streak" | "reserve-change" | "whale-accumulation" | "whale-distribution" | "dormant-coins" | "treasury-sale" | "miner-payout" | "pool-tag-mismatch");
                /** @description Header time of the block, from then on */
                from?: string;
                /** @description Header time of the block, before then */
                to?: string;
                /** @description The lowest block */
                fromHeight?: number;
                /** @description The highest block */
                toHeight?: number;
                /** @description Whom it is about, spelt as in subject */
                entity?: string;
                /** @description Of its surprise; signals that were compared with nothing are left out */
                minPercentile?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignalList"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricList"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSeriesMetric: {
        parameters: {
            query?: {
                /** @description Of what labels tell: as they were, by a version of them or a moment */
                asOf?: string;
                /** @description So many up to `to`; 30 by default */
                days?: number;
                /** @description Instead of days */
                from?: string;
                /** @description Not included; by default just after the newest block */
                to?: string;
                /** @description One point each; auto: by how long the time is */
                resolution?: "auto" | "block" | "hour" | "day";
                /** @description Of hours and days; the metric's usual one where absent */
                agg?: "mean" | "sum" | "min" | "max" | "median";
                /** @description At most so many */
                points?: number;
            };
            header?: never;
            path: {
                /** @description A name of /api/v1/metrics */
                metric: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Series"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getEntities: {
        parameters: {
            query?: {
                /** @description Up to the newest stored block */
                days?: number;
                /** @description As the labels were: a version of them, or a moment such as 2026-01-31; by the newest where left out */
                asOf?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntityList"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getEntitiesActorFlows: {
        parameters: {
            query?: {
                /** @description As the labels were: a version of them, or a moment such as 2026-01-31; by the newest where left out */
                asOf?: string;
                /** @description So many up to `to`; 30 by default */
                days?: number;
                /** @description Instead of days */
                from?: string;
                /** @description Not included; by default just after the newest block */
                to?: string;
                /** @description One point each; auto: by how long the time is */
                resolution?: "auto" | "hour" | "day";
            };
            header?: never;
            path: {
                /** @description The name of the entity, in any spelling */
                actor: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntitySeries"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLabels: {
        parameters: {
            query?: {
                /** @description Of how many a page is */
                pageSize?: number;
                /** @description Where to go on: nextPageToken of the page before */
                pageToken?: string;
                /** @description As the labels were: a version of them, or a moment such as 2026-01-31; by the newest where left out */
                asOf?: string;
                /** @description Whose, in any spelling */
                entity?: string;
                /** @description Part of the name of whose they are */
                q?: string;
                /** @description Of whose they are: one or several, with commas between */
                kind?: string | ("exchange" | "pool" | "custodian" | "service" | "mixer" | "market" | "gambling" | "government" | "sanctioned" | "theft" | "person" | "simulated" | "other");
                /** @description Whose label is asked for, of the network that is stored */
                address?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LabelList"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMempool: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MempoolNow"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMempoolHistory: {
        parameters: {
            query?: {
                /** @description So many up to `to`; 1 by default */
                days?: number;
                /** @description Instead of days */
                from?: string;
                /** @description Not included; by default just after the newest */
                to?: string;
                /** @description At most so many */
                points?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MempoolHistory"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFeesRecommended: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecommendedFees"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMonitoringStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitoringStatus"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLivez: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Liveness"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReadyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description Not now: overloaded, stopping, or without what it takes */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    getMonitoringBackfill: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postMonitoringBackfill: {
        parameters: {
            query?: never;
            header?: {
                /** @description Drawn for this request: it is carried out once, however often it is sent within a day */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    from: number;
                    /** @description The block below the lowest that is stored where absent */
                    to?: number;
                    /** @enum {string} */
                    only?: "features" | "signals";
                };
            };
        };
        responses: {
            /** @description It was made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillJob"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMonitoringBackfillId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the backfill */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postMonitoringBackfillIdChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the backfill */
                id: number;
                /** @description retry: its ranges that failed */
                change: "pause" | "resume" | "cancel" | "retry";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillJob"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMonitoringMetricsSystem: {
        parameters: {
            query?: {
                /** @description Up to now */
                hours?: number;
                /** @description One point each; hours from 48 hours on */
                resolution?: "minute" | "hour";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SystemMetrics"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMonitoringMetricsSignals: {
        parameters: {
            query?: {
                /** @description Before the newest block */
                days?: number;
                /** @description One point each */
                resolution?: "hour" | "day";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignalMetrics"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMonitoringMetricsInsights: {
        parameters: {
            query?: {
                /** @description Before the newest block */
                days?: number;
                /** @description One point each */
                resolution?: "hour" | "day";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InsightMetrics"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setup"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postSetupTest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As --source says it: core:http://user:password@host:8332, core-files:<directory>, esplora:https://host/api, simnet:<seed>, or several with a comma between */
                    source: string;
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceTest"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    putSetupSource: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As --source says it: core:http://user:password@host:8332, core-files:<directory>, esplora:https://host/api, simnet:<seed>, or several with a comma between */
                    source: string;
                    /** @description The first block, where none of this chain is stored; some weeks before the tip where left out */
                    startHeight?: number;
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChosenSource"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getEvents: {
        parameters: {
            query?: {
                /** @description Of insight, feedback, brief, block, status, backfill, mempool and forecast, with commas between; the first four where nothing is said */
                topics?: string;
                /** @description The id after which to go on */
                since?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getOperatorSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteOperatorSessionsSessionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the browser, as the list has it */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAuthSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAuthSignUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /**
                     * Format: email
                     * @description Of an invitation it is known
                     */
                    email?: string;
                    /** @description 12 to 128 characters */
                    password: string;
                    /** @description The token of the mailed link */
                    invitation?: string;
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignUpAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAuthVerifyEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description It was done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAuthVerifyEmailSend: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                };
            };
        };
        responses: {
            /** @description It will be done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAuthResetPasswordSend: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                };
            };
        };
        responses: {
            /** @description It will be done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAuthResetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    /** @description 12 to 128 characters */
                    password: string;
                };
            };
        };
        responses: {
            /** @description It was done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    patchAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @description As IANA names it; null: UTC */
                    timeZone?: string | null;
                    /** @description As BCP 47 names it; null: as the browser says */
                    locale?: string | null;
                    mailsKeyReminders?: boolean;
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAccountPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 12 to 128 characters */
                    password: string;
                    /** @description Six digits, or a recovery code */
                    code?: string;
                    current: string;
                    /**
                     * @description Whether API keys, passkeys and the word of others end as well
                     * @default false
                     */
                    endKeys?: boolean;
                };
            };
        };
        responses: {
            /** @description It was done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAccountSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteAccountSessions: {
        parameters: {
            query?: {
                /** @description Whether API keys, passkeys and the word of others end as well */
                keys?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteAccountSessionsSessionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the device, as the list has it */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAccountEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password?: string;
                    /** @description Six digits, or a recovery code */
                    code?: string;
                    /** Format: email */
                    email: string;
                };
            };
        };
        responses: {
            /** @description It will be done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAuthConfirmEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description It was done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAccountExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonExport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAccountFeedback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SaidList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAccountDelete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password?: string;
                    /** @description Six digits, or a recovery code */
                    code?: string;
                };
            };
        };
        responses: {
            /** @description It was done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAuthProvidersProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Such as google, as /api/v1/session lists them */
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description The page to come back to: path and query
                     * @default /dashboard
                     */
                    to?: string;
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderAddress"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAuthFirebase: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As Firebase Authentication gave it to the app */
                    idToken: string;
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAuthSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Six digits, or a recovery code */
                    code: string;
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAccountSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactor"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAccountSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password?: string;
                    /** @description Six digits, or a recovery code */
                    code?: string;
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewSecondFactor"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAccountSecondFactorConfirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Six digits, or a recovery code */
                    code: string;
                };
            };
        };
        responses: {
            /** @description It was done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAccountSecondFactorEnd: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password?: string;
                    /** @description Six digits, or a recovery code */
                    code?: string;
                };
            };
        };
        responses: {
            /** @description It was done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAccountSecondFactorRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password?: string;
                    /** @description Six digits, or a recovery code */
                    code?: string;
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAccountMethods: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MethodList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAccountMethodsMethodIdRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the way to sign in, as the list has it */
                methodId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password?: string;
                    /** @description Six digits, or a recovery code */
                    code?: string;
                };
            };
        };
        responses: {
            /** @description It was done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAuthPasskeyOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyQuestion"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAuthPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    answer: components["schemas"]["PasskeyProofInput"];
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAccountPasskeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAccountPasskeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    answer: components["schemas"]["MadePasskeyInput"];
                };
            };
        };
        responses: {
            /** @description It was done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAccountPasskeysOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password?: string;
                    /** @description Six digits, or a recovery code */
                    code?: string;
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyQuestion"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAccountPasskeysPasskeyIdRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the passkey, as the list has it */
                passkeyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password?: string;
                    /** @description Six digits, or a recovery code */
                    code?: string;
                };
            };
        };
        responses: {
            /** @description It was done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAccountKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAccountKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description Drawn for this request: it is carried out once, however often it is sent within a day */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password?: string;
                    /** @description Six digits, or a recovery code */
                    code?: string;
                    name: string;
                    scopes: ("feed" | "chain" | "monitor" | "feedback" | "moderate" | "operate")[];
                    /**
                     * @description Days for which it counts
                     * @default 90
                     */
                    days?: number;
                    /** @description Of this key alone; the limit of your tier holds as well */
                    requestsPerHour?: number;
                };
            };
        };
        responses: {
            /** @description It was made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAccountKeysKeyIdRotate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Drawn for this request: it is carried out once, however often it is sent within a day */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Of the key, as the list has it */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password?: string;
                    /** @description Six digits, or a recovery code */
                    code?: string;
                    /**
                     * @description For how long the other goes on; both count as keys meanwhile
                     * @default 24
                     */
                    overlapHours?: number;
                };
            };
        };
        responses: {
            /** @description It was made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteAccountKeysKeyId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the key, as the list has it */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAccountToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAuthToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    refreshToken: string;
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTiers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TierList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    patchTiersTier: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The least first: free, pro, power */
                tier: "free" | "pro" | "power";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description By all keys and tokens of a person */
                    requestsPerHour?: number;
                    /** @description That count at the same time */
                    keys?: number;
                    /** @description In one file */
                    exportedInsights?: number;
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tier"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPeople: {
        parameters: {
            query?: {
                /** @description Part of a name or of an e-mail address */
                q?: string;
                /** @description Counted from 1 */
                page?: number;
                /** @description Of how many a page is */
                pageSize?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    patchPeoplePersonId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the account */
                personId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password?: string;
                    /** @description Six digits, or a recovery code */
                    code?: string;
                    /** @enum {string} */
                    role?: "member" | "analyst" | "service" | "admin";
                    /** @enum {string} */
                    tier?: "free" | "pro" | "power";
                    blocked?: boolean;
                    /**
                     * @description Of somebody who lost what shows them codes
                     * @enum {boolean}
                     */
                    secondFactor?: false;
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postInvitations: {
        parameters: {
            query?: never;
            header?: {
                /** @description Drawn for this request: it is carried out once, however often it is sent within a day */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password?: string;
                    /** @description Six digits, or a recovery code */
                    code?: string;
                    /** Format: email */
                    email: string;
                    /**
                     * @default member
                     * @enum {string}
                     */
                    role?: "member" | "analyst" | "service" | "admin";
                };
            };
        };
        responses: {
            /** @description It was made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteInvitationsInvitationId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the invitation */
                invitationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFeedbackStats: {
        parameters: {
            query: {
                /** @description Ids of insights, with commas between */
                ids: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedbackList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFeedbackInsightsIdStats: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the insight */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFeedbackInsightsIdRate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the insight */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    stars: number;
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteFeedbackInsightsIdRate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the insight */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFeedbackInsightsIdComment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Drawn for this request: it is carried out once, however often it is sent within a day */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Of the insight */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description It was made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFeedbackInsightsIdComments: {
        parameters: {
            query?: {
                /** @description Of how many a page is */
                pageSize?: number;
                /** @description Where to go on: nextPageToken of the page before */
                pageToken?: string;
            };
            header?: never;
            path: {
                /** @description Of the insight */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFeedbackInsightsIdFlag: {
        parameters: {
            query?: never;
            header?: {
                /** @description Drawn for this request: it is carried out once, however often it is sent within a day */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Of the insight */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    reason: "inaccurate" | "misleading" | "spam" | "inappropriate" | "other";
                    details?: string;
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFeedbackModeration: {
        parameters: {
            query?: {
                /** @description Of flags, and of comments, so many */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModerationList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    postFeedbackCommentsCommentIdHide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the comment */
                commentId: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    hidden: boolean;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description It was done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAudit: {
        parameters: {
            query?: {
                /** @description Of how many a page is */
                pageSize?: number;
                /** @description Where to go on: nextPageToken of the page before */
                pageToken?: string;
                /** @description Of who did it */
                personId?: string;
                /** @description The beginning of what was done, such as `key.` */
                action?: string;
                /** @description What it was done to, such as `person 4f…` */
                target?: string;
                /** @description From where it was done */
                address?: string;
                /** @description From then on */
                from?: string;
                /** @description Before then */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAuditDenials: {
        parameters: {
            query?: {
                /** @description Of how many a page is */
                pageSize?: number;
                /** @description Who was refused */
                address?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DenialList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getApiBlocksTipHeight: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getApiBlocksTipHash: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getApiBlockHeightHeight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the block */
                height: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getApiBlockHash: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the block, in display order */
                hash: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EsploraBlock"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getApiBlockHashStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the block, in display order */
                hash: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EsploraBlockStatus"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getApiBlocks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EsploraBlock"][];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getApiBlocksHeight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the block */
                height: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EsploraBlock"][];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getApiTxTxidStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the transaction, in display order */
                txid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EsploraTransactionStatus"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getApiMempool: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EsploraMempool"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getApiFeeEstimates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EsploraFeeEstimates"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getV1MetricsCategoryName: {
        parameters: {
            query?: {
                /** @description Asset */
                a?: "BTC";
                /** @description Interval */
                i?: "1h" | "24h";
                /** @description Since, Unix seconds; 30 days where nothing is said */
                s?: number;
                /** @description Until, Unix seconds, not included */
                u?: number;
                /** @description Format */
                f?: "json" | "csv";
            };
            header?: never;
            path: {
                /** @description Such as fees */
                category: string;
                /** @description Such as volume_sum */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GlassnodeSeries"];
                    "text/csv": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInsightsIdPictureSvg: {
        parameters: {
            query?: {
                /** @description The ground that it is drawn for */
                theme?: "light" | "dark";
            };
            header?: never;
            path: {
                /** @description Of the insight */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInsightsIdSparklineSvg: {
        parameters: {
            query?: {
                /** @description The ground that it is drawn for */
                theme?: "light" | "dark";
            };
            header?: never;
            path: {
                /** @description Of the insight */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInsightsIdPicturePng: {
        parameters: {
            query?: {
                /** @description The ground that it is drawn for */
                theme?: "light" | "dark";
            };
            header?: never;
            path: {
                /** @description Of the insight */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInsightsIdChart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the insight */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChartPoints"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
}
