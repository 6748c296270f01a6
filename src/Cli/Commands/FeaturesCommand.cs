using System.CommandLine;
using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Cli.Commands;

/// <summary><c>features</c>: the catalogue.</summary>
internal static class FeaturesCommand
{
    public static Command Create()
    {
        var json = Arguments.Json();
        var command = new Command("features", "List every feature: tag, IBSI code, family, aggregation, unit, name.") { json };
        command.SetAction(parsed => Print(parsed.GetValue(json)));
        return command;
    }

    private static int Print(bool json)
    {
        var features = FeatureCatalogue.Families.SelectMany(f => f.Features).ToList();
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(features, CanonicalJson.Options));
            return ExitCodes.Done;
        }
        Console.Out.WriteLine("tag,ibsi_code,family,aggregation,unit,name");
        foreach (var f in features)
            Console.Out.WriteLine($"{f.Tag},{f.IbsiCode},{f.Family},{f.Aggregation},{f.Unit},{f.Name}");
        return ExitCodes.Done;
    }
}
