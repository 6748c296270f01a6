using RadiogenomicsCloud.Pipeline.Extraction;

namespace RadiogenomicsCloud.Cli.Extraction;

/// <summary>What was asked of <c>extract</c>.</summary>
/// <param name="Image">One image; the other two are then null.</param>
/// <param name="Mask">Null where the image's files hold it.</param>
/// <param name="Folder">A folder of cases.</param>
/// <param name="List">A table of cases.</param>
/// <param name="Modality">In place of the settings'.</param>
/// <param name="Description">In place of the settings'; a name or <c>/regular expression/</c>.</param>
/// <param name="Names">Null takes what the settings file is made for.</param>
internal sealed record ExtractOptions(
    string? Image,
    string? Mask,
    string? Folder,
    string? List,
    string? Modality,
    string? Description,
    IReadOnlyList<string> Rois,
    string? Settings,
    IReadOnlyList<string> Families,
    IReadOnlyList<string> Aggregations,
    FeatureNames? Names,
    ResultFormat? Format,
    bool Json,
    string? Out,
    bool Diagnostics,
    int Parallel,
    bool Strict)
{
    /// <summary>Whether there may be several cases, of which one may fail while the others go on.</summary>
    public bool IsMany => Image is null;

    /// <summary>The layout that format, extension and <c>--json</c> agree on.</summary>
    /// <exception cref="BadInputException">They do not agree, or the options name no case or contradict each other.</exception>
    public ResultFormat Check()
    {
        var sources = new[] { Image, Folder, List }.Count(s => s is not null);
        if (sources != 1)
        {
            throw new BadInputException("extract.source", sources == 0
                ? "Nothing to extract from is given; give --image (with --mask), --folder or --list."
                : "--image, --folder and --list exclude each other; give one.");
        }
        if (Mask is not null && Image is null)
            throw new BadInputException("extract.source", "--mask goes with --image alone; a folder holds the masks of its cases and a list names them.", Mask);
        if (Description?.Trim().Length == 0)
            throw new BadInputException("extract.description", "--description must be a name or a /regular expression/.", "--description");
        if (Rois.Any(r => r.Trim().Length == 0))
            throw new BadInputException("extract.roi", "--roi must be a name, a /regular expression/ or all.", "--roi");
        if (Json && Format is not (null or ResultFormat.Json))
            throw new BadInputException("extract.format", "--json and --format ask for different things; give one.", "--format");
        ResultFormat? byExtension = Out is null ? null : Path.GetExtension(Out).ToUpperInvariant() switch
        {
            ".JSON" => ResultFormat.Json,
            ".CSV" => ResultFormat.Long,
            _ => throw new BadInputException("extract.extension", $"'{Out}' must end in .csv or .json.", Out),
        };
        var asked = Json ? ResultFormat.Json : Format;
        if (asked is not null && byExtension is not null && (asked == ResultFormat.Json) != (byExtension == ResultFormat.Json))
            throw new BadInputException("extract.format", $"'{Out}' is to be {(asked == ResultFormat.Json ? "JSON" : "CSV")} by the options and something else by its name; make both agree.", Out);
        return asked ?? byExtension ?? ResultFormat.Long;
    }
}
