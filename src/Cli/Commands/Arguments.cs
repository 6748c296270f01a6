using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace RadiogenomicsCloud.Cli.Commands;

/// <summary>Arguments and options that several commands share, with their defaults from <c>RADIOGENOMICS_*</c>.</summary>
internal static class Arguments
{
    public static Argument<string> Cohort() => new("COHORT") { Description = "Folder of the cohort." };

    public static Option<string?> Out(string description)
    {
        var option = new Option<string?>("--out")
        {
            Description = description + " Also RADIOGENOMICS_OUT.",
            DefaultValueFactory = _ => Variable("OUT"),
            HelpName = "DIR",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } folder && (folder.Trim().Length == 0 || folder.Contains('\0', StringComparison.Ordinal)))
                result.AddError("--out must name a folder.");
        });
        return option;
    }

    public static Option<string?> Storage() => new("--storage")
    {
        Description = "Where the service keeps everything: a folder, or a storage account by its connection string or https address. Also RADIOGENOMICS_STORAGE, which other users of this machine cannot see.",
        DefaultValueFactory = _ => Variable("STORAGE"),
        HelpName = "DIR|CONNECTION",
    };

    /// <summary>Resource id of the storage account, without which links signed by user delegation cannot be revoked; null if not given.</summary>
    public static string? AccountId => Variable("ACCOUNT_ID");

    public static Option<int> ServiceWorkers() => new("--workers")
    {
        Description = "Steps at the same time, over all runs; the number of processors, or fewer where memory is short, if not given. Also RADIOGENOMICS_WORKERS.",
        DefaultValueFactory = result => Variable("WORKERS") is { } text ? Workers(result, text, "RADIOGENOMICS_WORKERS") : DefaultWorkers(),
        CustomParser = result => Workers(result, result.Tokens[0].Value, "--workers"),
        HelpName = "N",
    };

    public static Option<int> Parallel() => new("--parallel")
    {
        Description = "Steps at the same time; the number of processors, or fewer where memory is short, if not given. Also RADIOGENOMICS_PARALLEL.",
        DefaultValueFactory = result =>
            Variable("PARALLEL") is { } text ? Workers(result, text, "RADIOGENOMICS_PARALLEL") : DefaultWorkers(),
        CustomParser = result => Workers(result, result.Tokens[0].Value, "--parallel"),
        HelpName = "N",
    };

    /// <summary>One a processor, but no more than have 2 GB each: the most that a usual image takes.</summary>
    private static int DefaultWorkers()
    {
        const long BytesPerWorker = 2L << 30;
        var byMemory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / BytesPerWorker;
        return (int)Math.Clamp(byMemory, 1, Environment.ProcessorCount);
    }

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON." };

    public static Option<bool> Strict() => new("--strict") { Description = "End with code 1 if a case failed." };

    private static int Workers(ArgumentResult result, string text, string source)
    {
        const int Most = 1024;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var workers) && workers is >= 1 and <= Most)
            return workers;
        result.AddError($"{source} is '{text}'; it must be a whole number from 1 to {Most}.");
        return 1;
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable("RADIOGENOMICS_" + name) is { Length: > 0 } value ? value : null;
}
