import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Language, makePartnerFolder } from '../../scripts/partner/make-folder';
import { type PartnerFolder, readPartnerFolder } from '../../scripts/partner/folder';

/** A folder of partners' folders, which find this repository's packages. */
export const openPartnerFolders = async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'peacegraph-partners-'));
  await symlink(path.join(__dirname, '../../node_modules'), path.join(root, 'node_modules'));
  return {
    root,
    make: async (name: string, language: Language): Promise<PartnerFolder> => {
      const folder = path.join(root, name);
      await makePartnerFolder(name, folder, language);
      return readPartnerFolder(folder);
    },
    close: () => rm(root, { recursive: true }),
  };
};
