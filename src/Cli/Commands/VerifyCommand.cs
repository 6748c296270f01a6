using System.CommandLine;
using RadiogenomicsCloud.Certification;
using RadiogenomicsCloud.Cli.Terminal;

namespace RadiogenomicsCloud.Cli.Commands;

/// <summary><c>verify</c>: the features of this product beside the reference values of the IBSI.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var phantom = new Option<string?>("--ct-phantom")
        {
            Description = "Also the CT radiomics phantom of the IBSI: the folder of its DICOM files, or of its NIfTI image and mask.",
            HelpName = "DIR",
        };
        var configurations = new Option<string?>("--configurations") { Description = "Configurations of the CT phantom, for example A,C; all five if not given.", HelpName = "LIST" };
        var failures = new Option<bool>("--failures") { Description = "Only the rows that do not reproduce their reference value, and the totals." };
        var csv = new Option<bool>("--csv") { Description = "Print the rows as CSV, without totals." };
        var json = Arguments.Json();
        var command = new Command("verify", "Compare every feature with the reference values of the IBSI; ends with code 1 if one differs.")
        {
            phantom, configurations, failures, csv, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(csv) && result.GetValue(json))
                result.AddError("--csv and --json exclude each other.");
            if (result.GetValue(configurations) is not null && result.GetValue(phantom) is null)
                result.AddError("--configurations needs --ct-phantom.");
        });
        command.SetAction((parsed, cancel) =>
        {
            var certificates = Certify(parsed.GetValue(phantom), Chosen(parsed.GetValue(configurations)), cancel);
            Func<CertificateRow, bool> shown = parsed.GetValue(failures) ? row => row.IsFailure : _ => true;
            if (parsed.GetValue(json))
                CertificateOutput.Json(certificates, shown, Console.Out);
            else if (parsed.GetValue(csv))
                CertificateOutput.Csv(certificates, shown, Console.Out);
            else
                CertificateDisplay.Print(certificates, shown);
            return Task.FromResult(certificates.All(c => c.Passed) ? ExitCodes.Done : ExitCodes.StudyFailed);
        });
        return command;
    }

    private static List<Certificate> Certify(string? phantom, IReadOnlyList<IbsiDataSet> configurations, CancellationToken cancel)
    {
        var certificates = new List<Certificate>();
        // A folder that cannot be read is known before anything is computed.
        var imported = phantom is null ? null : CtPhantomFolder.Read(phantom, cancel);
        foreach (var warning in imported?.Warnings ?? [])
            Messages.Warning(warning);
        certificates.Add(Certifier.DigitalPhantom(cancel));
        if (imported is not null)
            certificates.AddRange(configurations.Select(c => Certifier.CtPhantom(c, imported.Image, imported.Mask, cancel)));
        return certificates;
    }

    private static IReadOnlyList<IbsiDataSet> Chosen(string? list)
    {
        var all = IbsiDataSet.Configurations;
        if (list is null)
            return all;
        var keys = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (keys.Length == 0 || keys.Any(k => !all.Any(c => string.Equals(c.Key, k, StringComparison.OrdinalIgnoreCase))))
        {
            throw new BadInputException(
                "verify.configuration", $"'{list}' does not name configurations of the CT phantom; give some of {string.Join(",", all.Select(c => c.Key))}.", "--configurations");
        }
        return [.. all.Where(c => keys.Contains(c.Key, StringComparer.OrdinalIgnoreCase))];
    }
}
