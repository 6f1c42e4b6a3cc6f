import type { Command } from 'commander';
import { addPartnerHistory } from './registry';
import { addPartnerFeeds } from './partner-feeds';
import { addPartnerKeys } from './partner-keys';
import { addPartnerRegistry } from './partner-registry';
import { addPartnerConformance } from './partner-conformance';
import { addPartnerDev } from './partner-dev';
import { addPartnerInit } from './partner-init';

/** `partner`: subgraphs of others. */
export const addPartner = (program: Command, env: NodeJS.ProcessEnv): void => {
  const partner = program
    .command('partner')
    .description('Subgraphs of partner networks: make one, try it out, publish it, look after it.');
  addPartnerInit(partner);
  addPartnerDev(partner, env);
  addPartnerConformance(partner, env);
  addPartnerRegistry(partner, env);
  addPartnerHistory(partner, env);
  addPartnerKeys(partner, env);
  addPartnerFeeds(partner, env);
};
