/**
 * Every number that bounds hostile input, each with its reason. Hitting one is a gap `limit-reached` and, for a tarball,
 * the finding tarball-unsafe. Units are in the names.
 */

/** npm's largest real lockfiles are under 10 MB; above this, reading costs more memory than a review may have. */
export const maxRepositoryFileBytes = 50 * 1024 * 1024

/** GitHub's recursive tree stops at 100,000 entries, and no maintained repository of that size was found. */
export const maxRepositoryFiles = 400_000

/** Shown per change: more ways to the same package tell a reviewer nothing new. */
export const maxPaths = 3

/** GitHub refuses a check run's summary or text, and a comment, from 65,536 characters on; bytes are never fewer than characters. */
export const maxReportTextBytes = 60_000

/** One value of evidence in a comment or on a terminal; the JSON report has all of it. */
export const maxEvidenceCharacters = 600

/** Values of evidence shown for one finding; the JSON report has all of them. */
export const maxEvidenceShown = 8

/** A policy of 300 acceptances is half of this; from about 200 KB of `{` on, the YAML parser takes the whole process down. */
export const maxPolicyBytes = 64 * 1024

/** The policy's own shape is five levels deep; the parser recurses once a level. */
export const maxPolicyDepth = 20

/** Shown of one policy: whoever mends the first ones sees the rest in the next run. */
export const maxPolicyErrors = 50

/** The largest full packuments on the public registry are some 20 MB; parsing costs several times its text in memory. */
export const maxPackumentBytes = 64 * 1024 * 1024

/** Packuments kept for one review, as text: enough for those in use at a time, and a fraction of what a review may have. */
export const maxKeptPackumentBytes = 32 * 1024 * 1024

/** Accounts that may publish one package; the largest team on the public registry has some 300. */
export const maxReleaseMaintainers = 1_000

/** Signatures of one version: the registry makes one for each of its keys, and has had two. */
export const maxReleaseSignatures = 16

/** Kinds of statements about one version; the registry names one, provenance. */
export const maxReleaseAttestations = 16

/** A name, an address or a signature in the record of one release; a signature has some 100 characters, an address at most 2,000. */
export const maxReleaseTextCharacters = 2_048

/** Statements about one version; npm's registry has two, its own and that of the build. */
export const maxAttestations = 20

/** The answer about the attestations of one version: some 15 KB each, most of it certificates and proofs of a log. */
export const maxAttestationsBytes = 512 * 1024

/** Certificates, log entries or timestamps of one bundle; real ones have one of each. */
export const maxBundleParts = 8

/** Real ones have less than 2 KB; the library reads numbers inside in quadratic time. */
export const maxBundleCertificateBytes = 16 * 1024

/** Real ones have less than 6 KB; read like certificates. */
export const maxBundleTimestampBytes = 32 * 1024

/** Five lines and one signature for each witness of the log. */
export const maxBundleCheckpointCharacters = 8 * 1024

/** Of all attestations that one review keeps for changes that share a version. */
export const maxKeptAttestationsBytes = 8 * 1024 * 1024

/** Questions about statements that a registry does not answer before it is asked no more in one review: each may take as long as a whole packument. */
export const maxStatementFailures = 5

/** All of one such answer, retry included: it is small, and a review waits for it. */
export const statementDeadlineMs = 30_000

/** A registry's keys; npm's has had two in four years. */
export const maxSigningKeys = 50

export const maxSigningKeysBytes = 64 * 1024

/** One answer of a registry that is kept between reviews: the largest packuments, reduced, have some 20 MB. */
export const maxKeptResponseCharacters = 32 * 1024 * 1024

/** All of these together: the packuments of some 2,000 packages. The oldest go first, and cost a request each. */
export const maxKeptResponsesBytes = 1024 * 1024 * 1024

/** Packed size. Packages with prebuilt binaries for every platform come near 150 MB; npm's registry refuses above some 200. */
export const maxTarballBytes = 256 * 1024 * 1024

/** Of one tarball as it is unpacked, wherever it comes from: a file on disk is bound like a download. */
export const maxPackedBytes = maxTarballBytes

/** Registries redirect once, to their storage; a second time for a renamed one. */
export const maxRegistryRedirects = 3

/** Silence on a connection: twice what a loaded registry was seen to need for its first byte. */
export const registryIdleMs = 30_000

/** A whole packument, retry included: a server that drips bytes is never idle. */
export const packumentDeadlineMs = 90_000

/**
 * A whole tarball with its analysis, retry included. A download waits while its code is read, and eight packages that take all of
 * `maxPackageCodeMillis` on two cores take four minutes: next, the largest of the popular ones, met 130 s on a busy machine.
 */
export const tarballDeadlineMs = 300_000

/** Received and not yet read, of one tarball: keeps a fast network busy, and eight downloads at a time small. */
export const registryWindowBytes = 1024 * 1024

/** Before the one retry: most 5xx and resets of a registry are over by then. */
export const registryRetryDelayMs = 1_000

/** One answer of a database of advisories. A batch tells two short texts an advisory; the longest records list each version of a package. */
export const maxAdvisoryAnswerBytes = 16 * 1024 * 1024

/** Packages in one question: what OSV takes at most (its documentation of `querybatch`). */
export const maxAdvisoryQueries = 1_000

/** Characters of the packages that one request to GitHub names: they stand in the address, of which servers take 8 KB. */
export const maxAdvisoryAddressCharacters = 4_000

/** Pages of one question: OSV ends a page at a thousand advisories, GitHub at a hundred. */
export const maxAdvisoryPages = 20

/** Records of advisories read for one review, each a request the first time: several for each package of a large and neglected tree. */
export const maxAdvisoryRecords = 2_000

/** A range of versions in an advisory, which is parsed and compared with each version: a hundred times what a person writes. */
export const maxAdvisoryRangeCharacters = 4_000

/** Versions and events that one record lists; no package of the registry has as many versions. */
export const maxAdvisoryVersions = 20_000

/** Requests to a database of advisories at a time. */
export const maxAdvisoryRequests = 8

/** Until a database of advisories is connected: where the network is closed, this is what a review waits at most for it. */
export const advisoryConnectMs = 3_000

/** Silence of a database of advisories, which looks up a thousand packages before its first byte. */
export const advisoryIdleMs = 10_000

/** All questions of one review about advisories. The packages are read meanwhile, so that few reviews wait for it. */
export const advisoryDeadlineMs = 45_000

/** How long an answer about advisories stands for the next review: they lag the attack by hours anyway. */
export const advisoryLifeMs = 60 * 60 * 1000

/** Integrity texts in a lockfile or manifest: one hash of each known algorithm fits three times. */
export const maxIntegrityCharacters = 1_000

/** Of one tarball as unpacked. The largest in use unpack to some 500 MB; gunzip needs about a second for each 300 MB. */
export const maxUnpackedBytes = 1024 * 1024 * 1024

/** Unpacked to packed bytes. Deflate ends at 1032; icon sets and source maps, the most repetitive real content, stay under 40. */
export const maxUnpackRatio = 200

/** Below this many unpacked bytes a ratio says nothing: a file of zeros is small and harms nobody. */
export const minRatioBytes = 8 * 1024 * 1024

/** Entries of one tarball. The largest icon sets have some 60,000; each costs us memory. */
export const maxPackageFiles = 150_000

/** One file of a tarball. The largest in use are executables of some 150 MB. */
export const maxPackageFileBytes = 512 * 1024 * 1024

/** A path in a tarball. Linux takes 4096 with the folder that it is unpacked to before it; real ones stay under 400. */
export const maxPackagePathBytes = 1024

/** Folders in a path of a tarball: bundled dependencies nest a few `node_modules` deep. npm itself stops at 1024. */
export const maxPackagePathDepth = 64

/** An extension header of an archive; npm ignores larger ones, so that what it would say is not what is installed. */
export const maxTarHeaderBytes = 1024 * 1024

/** Odd entries listed of one tarball: an archive of nothing else must not fill the report. */
export const maxUnsafeEntries = 200

/** Reading one tarball, the network included: the largest take some ten seconds on one slow core. */
export const maxUnpackMillis = 120_000

/** One file whose text is kept until its package is read, to follow what install scripts load; obfuscated loaders reach 5 MB. */
export const maxKeptFileBytes = 8 * 1024 * 1024

/** All texts kept of one package; several packages are read at once, and a review has 512 MB. The largest go first. */
export const maxKeptTextBytes = 24 * 1024 * 1024

/** Files followed from one install script; node-gyp itself loads some 200. */
export const maxScriptFiles = 2000

/** Nesting of scripts, shells and expressions that our readers follow; deeper than people write, shallow for the stack. */
export const maxScriptDepth = 20

/** Values read of one binding.gyp; Node's own has fewer than 5,000. */
export const maxGypValues = 50_000

/** A shell text that is read for what it starts; the longest hand-written ones (configure aside) are under 100 KB. */
export const maxShellCharacters = 256 * 1024

/** Texts in the files of one install script that may name another file; bundles of some MB hold a few thousand. */
export const maxScriptSpecifiers = 50_000

/** A gyp file that is parsed; Node's own, the largest, has 50 KB. A larger one is only searched for commands. */
export const maxGypCharacters = 1024 * 1024

/** Nesting in a gyp file: conditions within conditions of targets reach some 15. */
export const maxGypDepth = 64

/** Commands and sources kept of one package's gyp files; the largest addons name a few hundred. */
export const maxGypTexts = 5000

/** GitHub drops a webhook whose payload is over 25 MB, so anything larger is not from GitHub. */
export const maxWebhookBytes = 25 * 1024 * 1024

/** A flood of pull requests must not fill the memory: beyond this a delivery is refused and can be delivered again. */
export const maxQueuedJobs = 10_000

/** GitHub delivers again for three days; this many ids are a few hundred kilobytes and weeks of a busy organisation. */
export const maxRememberedDeliveries = 20_000

/** A review of a thousand packages takes minutes; one that takes longer than this hangs, and its lane with it. */
export const maxJobMs = 20 * 60 * 1000

/** A rate limit is lifted within the hour; a job that met this many in a row would never end. */
export const maxPostponements = 30

/** 100 pages of 100. Above that we cannot know which pull requests share a head, and say so instead of guessing. */
export const maxOpenPullRequests = 10_000

/** Pull requests with one head commit are reviewed together; more of them than this is somebody's game. */
export const maxPullRequestsPerHead = 20

/** Requests for one truncated tree, folder by folder, before the listing is called incomplete. */
export const maxTreeRequests = 2_000

/** GitHub lists at most 3000 files of a pull request, 100 a page. */
export const maxPullRequestFiles = 3_000

/** Our comments among a pull request's: a longer thread is read this far, and comments beyond it are not updated. */
export const maxReviewComments = 3_000

/**
 * The largest of 400 real lockfiles has 3 MB, and one of 50,000 entries about 20 MB. Equal to what a
 * snapshot hands out, so that a lockfile is never cut by one limit and passed by the other.
 */
export const maxLockfileBytes = 50 * 1024 * 1024

/** The largest of 400 real lockfiles has 3,700; each entry costs about a kilobyte of memory and, when new, a download. */
export const maxLockfileEntries = 300_000

/** The deepest of 400 real lockfiles nests five packages; the keys of a chain grow with the square of its depth. */
export const maxLockfileDepth = 100

/** Names under which one entry of a classic yarn.lock is installed: aliases of the same bytes, of which real ones have three. */
export const maxNamesPerEntry = 100

/** Of one `resolution` in a lockfile of later Yarn: real ones, patches with their paths, have at most a few hundred. */
export const maxLocatorCharacters = 20_000

/** Patches over patches of one package in a lockfile of later Yarn: its own and one of the repository are two. */
export const maxPatchLayers = 10

/** `resolutions` of a manifest that are followed; each edge of the graph is compared with those of its name. People write a dozen. */
export const maxResolutions = 1_000

/** The largest public monorepos have some 1,500 workspaces; on GitHub each manifest is a request of its own. */
export const maxWorkspaceManifests = 3_000

/** Folders with a manifest that are tried as workspaces; the largest public monorepos have a tenth of them. */
export const maxWorkspaceCandidates = 50_000

/** Patterns of workspaces of each kind: people write a dozen, and each is tried against each folder with a manifest. */
export const maxWorkspacePatterns = 100

/** One pattern of workspaces: as long as a path that somebody would type. */
export const maxWorkspacePatternCharacters = 200

/** Patterns that one with braces stands for. */
export const maxFolderPatternBraces = 64

/** A pnpm-workspace.yaml that is read for its packages and overrides; the largest known have some 30 KB. */
export const maxPnpmWorkspaceCharacters = 1024 * 1024

/** Keys of one YAML lockfile, each an object in memory: the largest of 130 real ones has 30,000 in 0.8 MB, so one of 50 MB has some 1,900,000. */
export const maxYamlKeys = 3_000_000

/** pnpm's lockfiles nest six levels deep; the reader recurses once a level. */
export const maxYamlDepth = 32

/**
 * Changed packages that one review looks at. The largest of 150 real pull requests changes 3,100; each costs a download and
 * stays in the report, and a lockfile of 50 MB holds 240,000 that would take the memory of a whole machine.
 */
export const maxReviewedChanges = 20_000

/** Copies of one name that are paired by distance, which is quadratic; of 400 real lockfiles none holds more than 170. */
export const maxPairedCopies = 200

/** Of one lockfile: of 400 real ones none has more than two, and each is kept and compared with base's. */
export const maxMalformedEntries = 10_000

/** What a malformed entry shows of the offending text. */
export const maxSeenCharacters = 200

/** Annotations of one check run: four requests. Who has more findings than that reads the report, not the diff. */
export const maxAnnotations = 200

/** Git itself refuses to check out longer paths on most systems; only a tree made to exhaust memory has them. */
export const maxRepositoryPathBytes = 4096

/** What a snapshot keeps of blobs that it already read: the lockfiles and manifests of a large monorepo. */
export const maxSnapshotCacheBytes = 64 * 1024 * 1024

/** A local git command that takes longer hangs, on a network file system or in a repository made to be slow. */
export const maxGitCommandMs = 120_000

/** Edits between two lines that both texts have once: less than a second of work, and far above 200 real upgrades. */
export const maxDiffEdits = 2_000

/** Branches of one repository that a restart looks at for a check left in progress, one request each. */
export const maxReconciledBranches = 200

/** Webhook bodies in memory before their signature is known, all together: ten of the largest. */
export const maxBufferedWebhookBytes = 10 * maxWebhookBytes

/** One file that is parsed. TypeScript's compiler has 9 MB, wrangler's bundle 12; a tree costs some 18 bytes of memory a byte. */
export const maxParseBytes = 14 * 1024 * 1024

/** One file with types, which are parsed by Babel: five times the memory of JavaScript. No hand-written source comes near. */
export const maxTypedBytes = 3 * 1024 * 1024

/** One file that is split into tokens, half a second's work. What is larger is searched as bytes. */
export const maxTokeniseBytes = 20 * 1024 * 1024

/** Code shown around a place: a reader recognises it, and a minified line stays out of the report. */
export const maxExcerptCharacters = 160

/** Expressions of one file that are folded, some tenths of a second's work: none of 4,200 files of 180 real packages meets it. */
export const maxFoldSteps = 2_000_000

/** Steps through a file's own functions to see what its decoders give; a string array of 2,000 entries is put in order in fewer. */
export const maxFollowedSteps = 1_000_000

/** A function that is followed: decoders have a kilobyte or two, but that which holds the string array has all of its texts. Steps bound the work. */
export const maxFollowedCharacters = 1_000_000

/** A call at the top of a file that may put a string array in order: it is a loop and a sum. */
export const maxOrderingCharacters = 20_000

/** Expressions within one another that are folded, a few stack frames each. Names that stand for names count. */
export const maxFoldDepth = 120

/** Characters of one folded text: a whole program in base64, as droppers bring it. */
export const maxFoldedCharacters = 2 * 1024 * 1024

/** Items of one folded list: string arrays of obfuscators have a few thousand. */
export const maxFoldedItems = 20_000

/** Places told of one ability where words, constant and time of running are the same; more say nothing new. */
export const maxSightingsAlike = 20

/** Places told of one ability of one file, after which it counts as not read to its end: none of 4,200 real files meets it. */
export const maxSightingsOfOneCapability = 2_000

/** Texts of one file that were put together or decoded. */
export const maxFoldedTexts = 5_000

/** Modules that one file asks for: bundles ask for some hundreds, and each is an edge of the package's graph. */
export const maxModuleRequests = 5_000

/** The folded text that a sighting shows: a command or an address, and the beginning of a program. */
export const maxSightingConstantCharacters = 1_000

/** Reading one file of code, in processor time: the largest real ones take seven seconds, and twice that where others use the same cores. */
export const maxFileMillis = 20_000

/** Heap of the thread that reads code: a tree of the largest file that is parsed, with what is noted beside it. */
export const codeHeapMegabytes = 512

/** Of that heap where new objects are: a tree lives until its file is read, so it should not be copied from one small room to the next meanwhile. */
export const codeYoungMegabytes = 96

/** Stack of the thread that reads code: enough for 12,000 nested parentheses, which no tool writes. */
export const codeStackMegabytes = 64

/** Files on their way to one child, together: the larger, the fewer messages; a crash repeats this much work at most. */
export const maxBatchBytes = 1024 * 1024

/** Files on their way to one child: small ones are read faster than sent one by one. */
export const maxBatchFiles = 64

/** Files larger than this are read one at a time, whatever the number of processes: each needs some 40 times its size meanwhile. */
export const largeCodeBytes = 2 * 1024 * 1024

/** Files of one package's code that wait to be read: above it its download pauses. Several packages are read at once. */
export const maxQueuedCodeBytes = 4 * 1024 * 1024

/** Reading all code of one package, in processor time: the largest real ones take twenty seconds. */
export const maxPackageCodeMillis = 60_000

/** Files whose code is remembered during a review, for the version that comes next; most of them have nothing to say. */
export const maxRememberedFiles = 5_000

/** A host, URL or address that is kept of code; the longest host has 253, and a URL of more is shown cut. */
export const maxLiteralCharacters = 300

/** Names found in one text of a file. Lists of hosts in real code (public suffixes, disposable mail) have thousands; what follows is more of the same. */
export const maxNamesInText = 2_000

/** Names kept of one file for each context, those in code first of all; of 200 popular packages hardly a file has more than 300. */
export const maxFileLiterals = 1_000

/** Hidden characters and pushed code kept of one file: the first place is what a reader goes to. */
export const maxHiddenPlaces = 50

/** A text within a file that is decoded to look for names; a larger one is a program or a picture, which `obfuscation` is about. */
export const maxDecodedCharacters = 64 * 1024

/** Files that one manifest names as entry points: the largest list each of some 3,000 icons. */
export const maxExportTargets = 20_000

/** Names made by obfuscators that are counted of one file; a verdict needs fewer than ten. */
export const maxDistinctNames = 100

/** Characters times opened substitutions (and a thousand more) of a package's shell texts, two seconds' work at worst: a script of 100 KB with 2,000 of these. */
export const maxShellWork = 300_000_000

/** Programs that one shell text starts; the longest hand-written ones (configure aside) have some 2,000. */
export const maxShellInvocations = 10_000

/** Things told of the shell texts of one install script: who reads twenty has understood. */
export const maxShellActs = 200

/**
 * Places that secrets and foreign text of one file are followed to, half a second's work; after these it counts as not read to its end. The
 * most that honest files of a size that people write were seen to need is some 300,000: servers of 166 KB on 17 lines.
 */
export const maxFlowSteps = 600_000

/** The same for larger files, whole programs bundled into one, which meet any limit by what they are: some tenths of a second's work. */
export const maxProgramFlowSteps = 100_000

/** Secrets and pieces of foreign text that are followed in one file: bundles of whole programs have some hundreds. */
export const maxFlowSources = 1_000

/** Places that what is named as a key is followed to in one file: clients of services name little else. */
export const maxKeySteps = 40_000

/** Places that what comes from other modules is followed to in one file: no secret is known to be among it. */
export const maxPortSteps = 20_000

/** Flows, or pieces of such, told of one file: the first ones are what a reader goes to. */
export const maxFlowsOfFile = 100

/** Pieces of flows that are joined from file to file of one package. */
export const maxJoinedFlows = 20_000

/** Bytes that are searched for the names of a package's dependencies which no code asks for: half a second's work, twenty names in the largest texts kept. */
export const maxNameSearchBytes = 512 * 1024 * 1024

/** Gone files of one name that a new one may have come from: `index.js` may be there ten thousand times, and each new one is held against all. */
export const maxAlikeFiles = 50

/** Expressions and statements of one MCP server that are followed, some four seconds' work; none of 50 real servers needs half of it. */
export const maxMcpSteps = 4_000_000

/** Calls within one another that are followed in an MCP server, a few dozen stack frames each. */
export const maxMcpCallDepth = 150

/** Times that one function of an MCP server is followed: the largest declare some 500 tools by one function of their own. */
export const maxMcpCallsOfFunction = 3_000

/** Functions of an MCP server that may be followed although nothing calls them. */
export const maxMcpFunctions = 100_000

/** Tools, prompts and resources of one MCP server, each kind: the largest known have some 500 tools. */
export const maxMcpDeclarations = 2_000

/** Parameters of one tool, those of objects within it included. */
export const maxMcpParameters = 500

/** Places of one tool's code. */
export const maxMcpHandlers = 20

/** One text that a model would see; the longest descriptions of real tools have some 20,000. */
export const maxMcpTextCharacters = 50_000

/** Told of what could not be read of one MCP server: a program that builds its tools builds all of them at one place. */
export const maxMcpUnresolved = 200

/** Texts of one package that are read to see what an MCP server declares. */
export const maxMcpSourceBytes = 12 * 1024 * 1024

/** A configuration of MCP servers: settings of an editor, the longest of their kind, have some 100 KB. Both parsers recurse once a level. */
export const maxMcpConfigurationBytes = 256 * 1024

/** Servers of one configuration; a client with more than a dozen is hard to use. */
export const maxMcpServers = 200

/** Arguments of one server that are read, and values of one list of approvals. */
export const maxMcpValues = 500

/** Pairs of words, one of either side, that are held against each other for the texts of one server: some two seconds at worst, and a hundred long descriptions written anew. */
export const maxComparedWordPairs = 4_000_000

/** Servers that a change leaves as they are and that are held against the ones it brings; a project with more has none that a person knows. */
export const maxStandingServers = 200

/** Changed files of code that are searched for servers which they start; on GitHub each is a request. */
export const maxServerCodeFiles = 1_000

/** Files of code that an audit of a folder searches for the same; the largest public monorepos hold some 40,000, mostly fixtures, and each has to be read from disk. */
export const maxAuditedCodeFiles = 20_000

/** Files of one state that an audit reads where each is a request: a push should leave most of the hour's 5,000 to reviews. */
export const maxRequestedPostureFiles = 300

/** Servers that one file of code starts: a client starts one, a test suite a dozen. */
export const maxServerStarts = 100

/** Of one text that an MCP server gives a model; the longest of 1,200 real ones has 13,500, and what follows more than this counts as hidden. Less than `maxMcpTextCharacters`. */
export const maxJudgedCharacters = 40_000

/** Of all texts of one server, some seconds' work; the wordiest of 66 real ones has 54,000. */
export const maxJudgedServerCharacters = 500_000

/** Read as one sentence: the longest real ones, lists without a full stop, are shorter. */
export const maxSentenceCharacters = 1_000

/** One settings file, manifest or lockfile of another ecosystem that is read for the repository's posture; the longest real uv.lock files have some 3 MB. */
export const maxPostureFileBytes = 8 * 1024 * 1024

/** A file of settings or a manifest: the longest real pnpm-workspace.yaml with catalogs has some 50 KB, and a hostile one of this size takes some two seconds. */
export const maxSettingsBytes = 512 * 1024

/** Values of one settings file in YAML, those that aliases stand for counted each time. */
export const maxSettingsValues = 100_000

/** Levels of one settings file in YAML; real ones have six. */
export const maxSettingsDepth = 50

/** Files of one state of a repository that run or configure something; the largest repositories known have some 2,500, most of them manifests. On GitHub each is a request. */
export const maxPostureFiles = 3_000

/** One of these that runs commands: generated workflows have 100 KB. The parser of YAML takes up to ten seconds for a megabyte of brackets. */
export const maxCommandFileBytes = 256 * 1024

/** All of these of one state together, a minute's work of the slowest; the largest monorepos known have 8 MB, most of it manifests. */
export const maxPostureBytes = 48 * 1024 * 1024

/** Releases of one package kept with the time of each, to tell whether it has always come out so: what it did in its last thirty it does. */
export const maxEarlierReleases = 30

/** Other packages that came out within minutes of one: a repository of many packages has 300, and a registry can give all the same date. */
export const maxReleasesTogether = 400

/** Packages that came out together whose pasts are held against each other, for each of them: what twenty of a scope do, the others do. */
export const maxHeldTogether = 20

/** Releases of one package within an hour: after twenty nobody asks how many more there were. */
export const maxNearReleases = 20

/** npm takes no longer name, its scope included; longer ones are not compared with known names. */
export const maxPackageNameCharacters = 214

/** Well-known packages that one name is held against: each costs a request for its maintainers. */
export const maxResemblances = 3

/** Steps of one workflow, those that aliases repeat counted each time; the longest real ones have some 150. */
export const maxWorkflowSteps = 3_000

/** Variables that a file sets for its commands: nobody sets more by hand, and each command would carry them. */
export const maxCommandVariables = 300

/** Characters that the variables of one Makefile put into its recipes: those that hold one another would double with each. */
export const maxRecipeCharacters = 512 * 1024

/** As `maxShellWork`, for all that one state of a repository runs: 30,000 scripts of an ordinary length, half a minute's work of the worst. */
export const maxPostureShellWork = 20 * maxShellWork

/** Programs that one file of a repository starts; the longest scripts written by hand have a thousand. Two states of 48 MB are held at once. */
export const maxFileCommands = 3_000

/** Commands of one file that a tool runs by itself, each read as a shell would; the longest real hooks have some 100 lines. */
export const maxAutomaticCommands = 500
