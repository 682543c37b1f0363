import { implement } from '#platform/context.ts';
import { templates } from '../contract.ts';
import { getTemplate, listFolders, listTemplates } from './list-templates.ts';
import { acceptProposal, declineProposal, listProposals, proposeTemplate } from './proposals.ts';
import { useTemplate } from './use-template.ts';
import { restoreTemplate, retireTemplate, saveFolder, writeTemplate } from './write-template.ts';

export const templatesRoom = implement(templates, {
  list: listTemplates,
  get: getTemplate,
  folders: listFolders,
  saveFolder,
  write: writeTemplate,
  retire: retireTemplate,
  restore: restoreTemplate,
  use: useTemplate,
  propose: proposeTemplate,
  listProposals,
  accept: acceptProposal,
  decline: declineProposal,
});
