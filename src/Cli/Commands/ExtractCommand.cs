using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RadiogenomicsCloud.Cli.Terminal;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Cli.Commands;

/// <summary><c>extract --image P --mask P</c>: the features of one image.</summary>
internal static class ExtractCommand
{
    /// <summary>Without a settings file nothing is resampled, and grey levels are 32 bins of the region's own range.</summary>
    private static readonly ImagingEntry Default = new(
        "image", new(null, null, null), new(Discretise: new(DiscretiseMethod.FBN, Bins: 32)), new([FeatureCatalogue.AllFamilies]));

    public static Command Create()
    {
        var image = new Option<string>("--image") { Description = "NIfTI file, DICOM file, folder or zip archive.", Required = true, HelpName = "P" };
        var mask = new Option<string>("--mask") { Description = "NIfTI mask, RTSTRUCT, SEG, or a folder or archive with one.", Required = true, HelpName = "P" };
        var roi = new Option<string?>("--roi") { Description = "Name or /regular expression/ of the region; the only one if not given.", HelpName = "NAME" };
        var settings = new Option<string?>("--settings") { Description = "One imaging entry of a study file, as YAML. Without it: no resampling, 32 bins.", HelpName = "FILE" };
        var output = new Option<string?>("--out") { Description = "CSV or JSON by its extension; CSV on standard output if not given.", HelpName = "FILE" };
        var diagnostics = new Option<bool>("--diagnostics") { Description = "Also the IBSI's diagnostic values of image and masks after each processing step." };
        var json = Arguments.Json();
        var command = new Command("extract", "Compute the features of one image.") { image, mask, roi, settings, output, diagnostics, json };
        command.SetAction((parsed, cancel) => Task.FromResult(Extract(
            parsed.GetValue(image)!, parsed.GetValue(mask)!, parsed.GetValue(roi), parsed.GetValue(settings), parsed.GetValue(output), parsed.GetValue(diagnostics), parsed.GetValue(json), cancel)));
        return command;
    }

    private static int Extract(string image, string mask, string? roi, string? settings, string? output, bool diagnostics, bool json, CancellationToken cancel)
    {
        var asJson = json || (output is not null && IsJson(output));
        var entry = settings is null ? Default : StudyFile.ParseImaging(TextFile.Read(settings), settings);
        var selection = roi is null ? entry.Selection : entry.Selection with { Roi = roi };
        using var images = ImageFiles.Open(image);
        using var masks = ImageFiles.Open(mask);
        var imported = ImageImporter.Import(images.Files, masks.Files, selection, cancel);
        foreach (var warning in imported.Warnings)
            Messages.Warning(warning);
        var (values, warnings) = RadiomicsExtraction.Run(imported.Image, imported.Mask, entry.Preprocessing, entry.Features, cancel);
        foreach (var warning in warnings)
            Messages.Warning(warning);
        var steps = diagnostics ? ImageDiagnostics.Compute(imported.Image, imported.Mask, entry.Preprocessing, cancel) : [];
        var text = asJson ? Json(values, steps, imported) : Csv(values, steps);
        if (output is null)
            Console.Out.Write(text);
        else
            OutputFile.Write(output, text);
        return ExitCodes.Done;
    }

    private static bool IsJson(string output) => Path.GetExtension(output).ToUpperInvariant() switch
    {
        ".JSON" => true,
        ".CSV" => false,
        _ => throw new BadInputException("extract.extension", $"'{output}' must end in .csv or .json.", output),
    };

    private static string Csv(IReadOnlyList<FeatureValue> values, IReadOnlyList<ImageDiagnostic> diagnostics)
    {
        var csv = new StringBuilder("tag,ibsi_code,family,aggregation,unit,value\n");
        foreach (var (d, value, _) in values)
            csv.Append(CultureInfo.InvariantCulture, $"{d.Tag},{d.IbsiCode},{d.Family},{d.Aggregation},{d.Unit},{CellText.Format(value)}\n");
        foreach (var (tag, value) in diagnostics)
            csv.Append(CultureInfo.InvariantCulture, $"{tag},,diagnostics,,,{CellText.Format(value)}\n");
        return csv.ToString();
    }

    private static string Json(IReadOnlyList<FeatureValue> values, IReadOnlyList<ImageDiagnostic> diagnostics, ImportedImage imported) => JsonSerializer.Serialize(
        new
        {
            source = imported.Source,
            modality = imported.Modality,
            roi = imported.Roi,
            warnings = imported.Warnings,
            features = values.Select(v => new { v.Definition.Tag, v.Definition.IbsiCode, v.Definition.Family, v.Definition.Aggregation, v.Definition.Unit, v.Value }),
            diagnostics = diagnostics.Count > 0 ? diagnostics : null,
        },
        CanonicalJson.Options) + "\n";
}
