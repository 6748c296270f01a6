using System.CommandLine;
using System.CommandLine.Parsing;
using RadiogenomicsCloud.Cli.Extraction;
using RadiogenomicsCloud.Pipeline.Extraction;

namespace RadiogenomicsCloud.Cli.Commands;

/// <summary><c>extract</c>: the features of one image, of a folder of cases or of a list of them.</summary>
internal static class ExtractCommand
{
    public static Command Create()
    {
        var image = new Option<string?>("--image") { Description = "NIfTI file, DICOM file, folder or zip archive.", HelpName = "P" };
        var mask = new Option<string?>("--mask") { Description = "NIfTI mask, RTSTRUCT, SEG, or a folder or archive with one; among the image's files if not given.", HelpName = "P" };
        var folder = new Option<string?>("--folder") { Description = "Instead of --image: a folder with a folder or zip archive of each case, or NAME.nii.gz with NAME.mask.nii.gz.", HelpName = "DIR" };
        var list = new Option<string?>("--list") { Description = "Instead of --image: a table with the columns case,image,mask,roi; paths are relative to it.", HelpName = "FILE" };
        var modality = new Option<string?>("--modality") { Description = "CT, MR or PT, where there are several images, and for the unit of a NIfTI image; the settings' if not given.", HelpName = "M", CustomParser = Modality };
        var description = new Option<string?>("--description") { Description = "Name or /regular expression/ of the series (its description) or NIfTI image, where there are several; the settings' if not given.", HelpName = "NAME" };
        var roi = Several("--roi", "Name or /regular expression/ of a region, a label of a NIfTI mask, or all; each region that matches has rows of its own. May be repeated. The settings' region if not given.", "NAME");
        var settings = new Option<string?>("--settings") { Description = "One imaging entry of a study file, or a parameter file of PyRadiomics, as YAML. Without it: no resampling, 32 bins.", HelpName = "FILE" };
        var families = Several("--families", "Feature families, separated by commas, in place of the settings'.", "A,B");
        var aggregations = Several("--aggregation", "Aggregations of texture matrices, separated by commas, in place of the settings'; 3D asks for all of them in 3D.", "A,B");
        var names = new Option<FeatureNames?>("--names") { Description = "ibsi (the standard's tags) or pyradiomics (its names and definitions); what --settings is made for, else ibsi, if not given.", HelpName = "NAMES", CustomParser = Choice<FeatureNames> };
        var format = new Option<ResultFormat?>("--format") { Description = "long (a row a feature), wide (a row a region) or json; by the extension of --out, else long, if not given.", HelpName = "FORMAT", CustomParser = Choice<ResultFormat> };
        var output = new Option<string?>("--out") { Description = "CSV or JSON by its extension; standard output if not given.", HelpName = "FILE" };
        var diagnostics = new Option<bool>("--diagnostics") { Description = "Also the IBSI's diagnostic values of image and masks after each processing step." };
        var parallel = Arguments.Parallel();
        parallel.Description = "Cases at the same time; the number of processors, or fewer where memory is short, if not given. Also RADIOGENOMICS_PARALLEL.";
        var strict = Arguments.Strict();
        var json = Arguments.Json();
        var command = new Command("extract", "Compute the features of one image, or of many.")
        {
            image, mask, folder, list, modality, description, roi, settings, families, aggregations, names, format, output, diagnostics, parallel, strict, json,
        };
        command.SetAction((parsed, cancel) => Extract(
            new(
                parsed.GetValue(image), parsed.GetValue(mask), parsed.GetValue(folder), parsed.GetValue(list), parsed.GetValue(modality), parsed.GetValue(description), parsed.GetValue(roi) ?? [], parsed.GetValue(settings),
                Keys(parsed.GetValue(families)), Keys(parsed.GetValue(aggregations)), parsed.GetValue(names), parsed.GetValue(format), parsed.GetValue(json), parsed.GetValue(output),
                parsed.GetValue(diagnostics), parsed.GetValue(parallel), parsed.GetValue(strict)),
            cancel));
        return command;
    }

    private static Option<string[]> Several(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help, Arity = ArgumentArity.OneOrMore };

    private static T? Choice<T>(ArgumentResult result)
        where T : struct, Enum
    {
        var text = result.Tokens[0].Value;
        var choice = Enum.GetValues<T>().Cast<T?>().FirstOrDefault(f => f.ToString()!.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (choice is null)
        {
            var names = Enum.GetNames<T>().Select(n => n.ToLowerInvariant()).ToList();
            var name = (result.Parent as OptionResult)?.Option.Name ?? (result.Argument.Name);
            result.AddError($"{name} is '{text}'; it must be {string.Join(", ", names[..^1])} or {names[^1]}.");
        }
        return choice;
    }

    private static string? Modality(ArgumentResult result)
    {
        var modality = result.Tokens[0].Value.ToUpperInvariant();
        if (modality is not ("CT" or "MR" or "PT"))
            result.AddError($"--modality is '{result.Tokens[0].Value}'; it must be CT, MR or PT.");
        return modality;
    }

    private static IReadOnlyList<string> Keys(string[]? lists) =>
        [.. (lists ?? []).SelectMany(l => l.Split(',', StringSplitOptions.TrimEntries)).Distinct()];

    private static Task<int> Extract(ExtractOptions options, CancellationToken cancel)
    {
        // Everything that the command line and the settings can have wrong, before the first image is read.
        var format = options.Check();
        var plan = ExtractionPlans.Create(options);
        return new ExtractionRun(options, format, plan, CaseSource.Of(options)).Run(cancel);
    }
}
