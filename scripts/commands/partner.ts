import type { Command } from 'commander';
import { addPartnerHistory } from './registry';
import { addPartnerFeeds } from './partner-feeds';
import { addPartnerKeys } from './partner-keys';
import { addPartnerRegistry } from './partner-registry';

/** `partner`: subgraphs of others. */
export const addPartner = (program: Command, env: NodeJS.ProcessEnv): void => {
  const partner = program
    .command('partner')
    .description('Subgraphs of partner networks: check, publish, look after them.');
  addPartnerRegistry(partner, env);
  addPartnerHistory(partner, env);
  addPartnerKeys(partner, env);
  addPartnerFeeds(partner, env);
};
