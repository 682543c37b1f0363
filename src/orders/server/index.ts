import { implement } from '#platform/context.ts';
import { orders } from '../contract.ts';
import { adoptJob } from './adopt-orders.ts';
import { answerChange } from './answer-change.ts';
import { addImportPart, beginImport } from './begin-import.ts';
import { cancelImport } from './cancel-import.ts';
import { changeOrder } from './change-order.ts';
import { changeTerms, previewChange } from './change-terms.ts';
import { checkImport } from './check-import.ts';
import { checkImportJob } from './check-import-job.ts';
import { confirmTracking } from './confirm-tracking.ts';
import { countDeliveries } from './count-deliveries.ts';
import { fileRows } from './file-rows.ts';
import { getDelivery } from './get-delivery.ts';
import { getImport, readImportFailures } from './get-import.ts';
import { getOrder } from './get-order.ts';
import { importOrdersHandler } from './import-orders.ts';
import { listChanges } from './list-changes.ts';
import { listDeliveries } from './list-deliveries.ts';
import { listImportRows } from './list-import-rows.ts';
import { listOrders } from './list-orders.ts';
import { openAdmin } from './open-admin.ts';
import { orderHistory } from './order-history.ts';
import { recordManualStep } from './record-manual-step.ts';
import { recordTracking } from './record-tracking.ts';
import { searchOrders } from './search-orders.ts';
import { settleLateChanges, settleLateChangesJob } from './settle-late-changes.ts';
import { importFileJob, startImport } from './start-import.ts';
import { tidyImports } from './tidy-imports.ts';
import { watchDeliveries } from './watch-deliveries.ts';

import { withdrawChange } from './withdraw-change.ts';

export const ordersRoom = implement(
  orders,
  {
    list: listOrders,
    search: searchOrders,
    get: getOrder,
    import: importOrdersHandler,
    history: orderHistory,
    openAdmin,
    recordManualStep,
    changeTerms,
    previewChange,
    change: changeOrder,
    answerChange,
    withdrawChange,
    settleLateChanges,
    listChanges,
    listDeliveries,
    countDeliveries,
    getDelivery,
    recordTracking,
    confirmTracking,
    beginImport,
    addImportPart,
    checkImport,
    cancelImport,
    getImport,
    listImportRows,
    fileRows,
    readImportFailures,
    startImport,
  },
  {
    jobs: {
      'orders.adopt': adoptJob,
      'orders.watchDeliveries': watchDeliveries,
      'orders.settleLateChanges': settleLateChangesJob,
      'orders.checkImport': checkImportJob,
      'orders.importFile': importFileJob,
      'orders.tidyImports': tidyImports,
    },
    clock: {
      'orders.adopt': '*/5 * * * *',
      'orders.watchDeliveries': '* * * * *',
      'orders.settleLateChanges': '* * * * *',
      'orders.tidyImports': '41 * * * *',
    },
  },
);
