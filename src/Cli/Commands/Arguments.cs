using System.CommandLine;
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

    public static Option<int> Parallel()
    {
        var option = new Option<int>("--parallel")
        {
            Description = "Steps at the same time; the number of processors if not given. Also RADIOGENOMICS_PARALLEL.",
            DefaultValueFactory = result =>
            {
                if (Variable("PARALLEL") is not { } text)
                    return Environment.ProcessorCount;
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var workers))
                    return workers;
                result.AddError($"RADIOGENOMICS_PARALLEL is '{text}'; it must be a whole number.");
                return 1;
            },
            HelpName = "N",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1024)
                result.AddError("--parallel must be 1 to 1024.");
        });
        return option;
    }

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON." };

    public static Option<bool> Strict() => new("--strict") { Description = "End with code 1 if a case failed." };

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable("RADIOGENOMICS_" + name) is { Length: > 0 } value ? value : null;
}
