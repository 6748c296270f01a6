using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Intake;

/// <summary>
/// Takes the files of a cohort as a storage lists them, keeps to the quotas while it does, and compares them with the manifest. A file that is
/// wrong keeps its case out; one that belongs to no case refuses the cohort.
/// </summary>
internal sealed class CohortLister(IntakeLimits limits, CohortManifest? manifest)
{
    /// <summary>Files of no case that are checked in one step.</summary>
    private const int SharedFilesPerUnit = 50;

    private readonly Dictionary<string, ManifestFile>? promised = manifest?.Files.ToDictionary(f => f.Path, StringComparer.Ordinal);
    private readonly SortedDictionary<string, Gathered> cases = new(StringComparer.Ordinal);
    private readonly Gathered shared = new();
    private int listed;
    private int ignored;
    private int hidden;
    private long bytes;

    /// <summary>In ordinal order, whatever the order of the list.</summary>
    public IEnumerable<ListedFile> SharedFiles => shared.Files.OrderBy(f => f.Path, StringComparer.Ordinal);

    public int CaseCount => cases.Count;

    /// <param name="path">Relative to the cohort.</param>
    /// <exception cref="BadInputException">A quota is exceeded, or a file of no case is not what it must be.</exception>
    public void Add(string path, StoredFile file)
    {
        if (path == CohortManifest.FileName)
            return;
        if (++listed > limits.Files)
            throw IntakeErrors.TooManyFiles(limits);
        // What systems and runs leave behind; a run on a folder does not see it either.
        if (path.StartsWith('.') || path.Contains("/.", StringComparison.Ordinal) && path.Split('/').Any(IsHidden))
        {
            hidden++;
            return;
        }
        ManifestFile? promise = null;
        if (promised is not null && !promised.Remove(path, out promise))
        {
            ignored++;
            return;
        }
        bytes += Math.Min(file.Length, long.MaxValue - bytes);
        if (bytes > limits.Bytes)
            throw IntakeErrors.TooManyBytes(limits);
        var owner = OwnerOf(path);
        owner.Count++;
        owner.Bytes += file.Length;
        if (owner.Count == limits.FilesPerCase + 1)
            Keep(owner, IntakeErrors.TooManyFilesOfCase(limits), path);
        if (CohortPath.ProblemOf(path) is { } problem)
            Keep(owner, new("intake.path", $"The path {problem}; rename the file.", CohortPath.Shown(path)), path);
        if (file.Length > limits.FileBytes)
            Keep(owner, IntakeErrors.FileTooLarge(path, limits), path);
        if (promise is not null && promise.Size != file.Length)
            Keep(owner, IntakeErrors.WrongSize(path, promise.Size, file.Length), path);
        if (owner.Problems.Count == 0)
            owner.Files.Add(new(path, file.Length, file.Version, promise?.Sha256));
    }

    /// <summary>After the last file: what was promised and did not come.</summary>
    /// <exception cref="BadInputException">A file of no case is missing, or there are too many cases.</exception>
    public void Finish()
    {
        foreach (var path in (promised?.Keys ?? Enumerable.Empty<string>()).Order(StringComparer.Ordinal))
            Keep(OwnerOf(path), IntakeErrors.Missing(path), path);
        if (cases.Count > limits.Cases)
            throw IntakeErrors.TooManyCases(limits);
    }

    /// <summary>Files of no case first, then the cases in ordinal order.</summary>
    public IEnumerable<IntakeUnit> Units() =>
    [
        .. SharedFiles.Chunk(SharedFilesPerUnit).Select(files => new IntakeUnit(null, files.Length, files.Sum(f => f.Length), files, [])),
        .. cases.Select(c => new IntakeUnit(
            c.Key, c.Value.Count, c.Value.Bytes, c.Value.Problems.Count > 0 ? [] : [.. c.Value.Files.OrderBy(f => f.Path, StringComparer.Ordinal)], c.Value.Problems)),
    ];

    public IEnumerable<string> Notes()
    {
        if (manifest is null)
            yield return $"{CohortManifest.FileName} is empty: nothing says what the files should be, and all that were found were taken.";
        if (ignored > 0)
            yield return FormattableString.Invariant($"{ignored} files are not listed in {CohortManifest.FileName} and were left out.");
        if (hidden > 0)
            yield return FormattableString.Invariant($"{hidden} files or folders have names that begin with a dot and were left out.");
    }

    private static bool IsHidden(string name) => name.StartsWith('.') && name is not ("." or "..");

    private Gathered OwnerOf(string path)
    {
        if (CohortSnapshot.CaseOf(path) is not { } caseId || CohortPath.ProblemOf(caseId) is not null)
            return shared;
        if (!cases.TryGetValue(caseId, out var owner))
        {
            cases.Add(caseId, owner = new());
            if (cases.Count > limits.Cases)
                throw IntakeErrors.TooManyCases(limits);
        }
        return owner;
    }

    private void Keep(Gathered owner, IntakeReason problem, string path)
    {
        if (owner == shared)
            throw new BadInputException(problem.Code, problem.Message, CohortPath.Shown(path));
        owner.Files.Clear();
        if (owner.Problems.Count < IntakeErrors.MostReasons)
            owner.Problems.Add(problem);
    }

    private sealed class Gathered
    {
        public int Count { get; set; }

        public long Bytes { get; set; }

        public List<ListedFile> Files { get; } = [];

        public List<IntakeReason> Problems { get; } = [];
    }
}
