import { goChecksumsReader, goModuleReader } from '../go/go-module.js'
import { automaticCommandsReader } from '../hooks/automatic-commands.js'
import type { PostureReader } from '../posture/posture-reader.js'
import { pyprojectReader } from '../python/pyproject.js'
import { pythonLockReader } from '../python/python-lock.js'
import { requirementsReader } from '../python/requirements.js'
import { sbomReader } from '../sbom/read-sbom.js'
import { installSettingsReader } from './install-settings.js'
import { npmManifestReader } from './npm-manifest.js'

/** Readers of everything that configures installs or runs by itself, rather than runs commands when asked. */
export const settingsReaders: readonly PostureReader[] = [
  automaticCommandsReader,
  installSettingsReader,
  npmManifestReader,
  requirementsReader,
  pyprojectReader,
  goModuleReader,
  goChecksumsReader,
  sbomReader,
  pythonLockReader,
]
