import type { Lexicon } from './lexicon.js'

/** German, French, Spanish, Portuguese, Italian and Russian, in this order. */
export const european: Lexicon = {
  order:
    'immer|stets|muss|musst|müssen|sollst|sollen|bitte|zuerst|zunächst|bevor|vor|unbedingt|erforderlich|sonst|wichtig|jedes mal|bei jedem|außerdem|zwingend|notwendig|achte darauf|vergiss nicht|zusätzlich|jeder|jede|jedem|' +
    "merci de|toujours|doit|devez|dois|doivent|veuillez|avant|d'abord|obligatoire*|sinon|impérativement|systématiquement|chaque fois|à chaque|il faut|assurez-vous|assure-toi|n'oubliez pas|important|nécessaire|chaque|également|" +
    'siempre|debe|debes|deben|deberás|debe*|antes|primero|obligatori*|por favor|asegúrate|asegúrese|necesario|hay que|cada vez|importante|también|de lo contrario|cada|además|' +
    'sempre|deve|deves|devem|primeiro|obrigatóri*|certifique-se|necessário|toda vez|caso contrário|também|é preciso|lembre-se|cada|' +
    'devi|dovete|prima|obbligatori*|assicurati|per favore|necessario|ogni volta|altrimenti|bisogna|anche|ricorda*|ogni|' +
    'всегда|обязательно|должен|должна|должны|необходимо|нужно|надо|перед|сначала|прежде|пожалуйста|каждый раз|иначе|требуется|важно|при каждом|также|следует|каждый|каждому|каждом',
  not:
    'nicht|nichts|niemals|nie|kein|keine|keinen|keinem|ohne|niemand|niemandem|' +
    'ne|pas|jamais|sans|inutile|rien|aucun|aucune|' +
    'no|nunca|jamás|sin|nada|nadie|ningún|' +
    'não|sem|nem|ninguém|nenhum|' +
    'non|mai|senza|nessuno|nulla|niente|né|' +
    'не|никогда|без|ни|нельзя|никому|никак',
  tell:
    'sag|sage|sagen|sagst|erzähl*|erwähn*|informier*|mitteil*|mitzuteilen|verrat*|melde|melden|offenbar*|hinweis*|teile|erklär*|benachrichtig*|preis|wissen|erfährt|erfahren|bemerk*|davon|' +
    'dis|dites|dire|disant|mentionn*|inform*|révél*|signal*|préven*|prévien*|parl*|avert*|divulgu*|évoqu*|sache|sachent|savoir|indiqu*|expliqu*|' +
    'digas|diga|digan|decir*|decírselo|mencion*|inform*|revel*|avis*|cuentes|cuente|contar|comuni*|notifi*|expliques|explique|sepa|saber|enterarse|entere|divulg*|' +
    'dizer|conte|conta|notifique|saiba|explicar|' +
    'dirlo|dici|dica|dicendo|menzion*|rivel*|avvis*|comunic*|sapere|sappia|spiegar*|accenn*|rilev*|' +
    'говори*|сообща*|сообщи*|упомин*|упомян*|расскаж*|рассказыв*|раскрыва*|уведомл*|информир*|предупрежд*|объясн*|знать|узна*',
  show: 'zeig*|anzeig*|anzuzeigen|sichtbar|sehen|montr*|affich*|voir|muestr*|mostr*|vea|enseñ*|exib*|veja|vedere|veda|visualizz*|показыва*|показать|отобража*|видеть|видел*',
  user:
    'benutzer*|nutzer*|anwender*|kunde|kunden|mensch|menschen|jemand|jemandem|niemandem|antwort|' +
    "utilisateur*|l'utilisateur*|usager|l'usager|personne|réponse|quiconque|" +
    'usuario*|usuaria*|cliente*|nadie|respuesta|persona|' +
    'usuário*|usuária*|utilizador*|ninguém|resposta|pessoa|' +
    "utente|l'utente|utenti|all'utente|dall'utente|nessuno|risposta|" +
    'пользовател*|клиент*|человек*|никому|людям|ответе|юзер*',
  secretly:
    'heimlich|unbemerkt|im stillen|stillschweigend|insgeheim|im verborgenen|ohne wissen|geheim bleiben|' +
    "en secret|secrètement|discrètement|en silence|silencieusement|à l'insu|en cachette|en douce|" +
    'en secreto|secretamente|discretamente|silenciosamente|en silencio|a escondidas|sin que el usuario|' +
    'em segredo|em silêncio|escondido|às escondidas|sem que o usuário|sem que o utilizador|' +
    "in segreto|segretamente|di nascosto|silenziosamente|in silenzio|all'insaputa|senza che l'utente|discretamente|" +
    'тайно|скрытно|незаметно|втайне|тихо|секретно|по секрету|скрыто|молча',
  ignore:
    'ignorier*|vergiss|vergesst|vergessen|missacht*|verwirf|verwerfen|übergeh*|hinwegsetz*|außer kraft|nicht mehr beachten|setz*|' +
    'ignore|ignorez|ignorer|oublie|oubliez|oublier|fais abstraction|faites abstraction|ne tiens pas compte|ne tenez pas compte|ne tenez aucun compte|outrepass*|contourn*|' +
    'ignora|ignore|ignoren|ignorar|olvida|olvide|olviden|olvidar|descarta|descarte|haz caso omiso|haga caso omiso|no tengas en cuenta|pasa por alto|omite|' +
    'esqueça|esquece|esquecer|desconsider*|desobedeç*|descarte|não siga|' +
    'ignorare|ignori|ignorate|dimentica*|trascura*|non tenere conto|scavalca|' +
    'игнорир*|проигнорир*|забудь*|забыть|отбрось*|отмени*|не обращай внимания|не следуй*|пренебрег*|обойди*',
  prior:
    'vorherig*|früher*|bisherig*|alle|allen|aller|vorangegangen*|vorangehend*|obig*|ursprünglich*|deine|eure|bisher|zuvor|vorige*|systemprompt|' +
    'précédent*|antérieur*|toutes|tous|tout|ci-dessus|vos|tes|initial*|reçu|reçues|système|' +
    'anterior*|previa*|previo*|todas|todos|todo|sistema|tus|sus|recibidas|' +
    'prévi*|suas|teus|iniciais|' +
    'precedent*|tutte|tutti|tutto|sopra|tue|tuoi|iniziali|ricevut*|' +
    'предыдущ*|прежн*|все|всё|всех|ранее|выше|системн*|твои|ваши|прошл*|любые|исходн*',
  instructions:
    'anweisung*|instruktion*|vorgabe*|regel|regeln|richtlinie*|befehl|befehle|aufforderung*|weisung*|sicherheitsregel*|systemprompt|' +
    "instruction*|consigne*|directive*|règles|ordres|invite système|l'invite|" +
    'instrucci*|indicaci*|reglas|directri*|órdenes|directivas|' +
    'instruç*|regras|diretri*|ordens|orientaç*|comandos|' +
    'istruzion*|regole|direttiv*|indicazion*|ordini|' +
    'инструкц*|указани*|правил*|команд*|распоряжен*|подсказк*|промпт*|установк*|директив*',
  read:
    'lies|lese|lesen|öffne|öffnen|ermittle|sammle|sammeln|hole|holen|auslesen|suche|finde|' +
    'lis|lisez|lire|ouvre|ouvrez|ouvrir|récupér*|collect*|extrai*|cherch*|trouv*|' +
    'lee|lea|leer|abre|abra|abrir|recopil*|obtén|obtenga|extrae|extraiga|busca|consulta|' +
    'leia|ler|abra|colete|obtenha|recolha|extraia|busque|' +
    'leggi|leggere|leggete|apri|aprire|raccogli|recupera|estrai|cerca|' +
    'прочитай*|прочти*|прочесть|читай*|открой*|собери*|получи*|извлеки*|найди*|считай*',
  send:
    'übergib|übergebe|übergeben|sende|senden|schick|schicke|schicken|füge|hinzufügen|beifügen|übermittle|übermitteln|übertrage|übertragen|kopiere|leite|weiterleiten|gib|angeben|mitgeben|mitsenden|mitschicken|anhängen|hänge|einfügen|trage|eintragen|mitzusenden|enthalten|schreibe|mit|lade|' +
    'envo*|transme*|transmis|pass*|inclu*|joign*|joind*|ajout*|fourni*|copi*|mett*|mets|insér*|recopi*|transfér*|donn*|écri*|téléverse*|' +
    'envía|envíe|envíen|enviar*|pasa|pase|pasar|incluy*|incluir*|adjunt*|agreg*|añad*|copia|copie|reenví*|pon|ponga|proporcion*|transmit*|escrib*|insert*|manda*|sube|' +
    'envie|envia|passe|passar|inclua|inclui*|anex*|adicion*|forneç*|encaminh*|coloque|insira|mande|' +
    'invia|inviare|inviate|inoltra*|passa|passare|includi|includere|allega*|aggiungi|aggiungere|inserisci|inserire|trasmett*|copiare|metti|fornisci|fornire|manda|scrivi|' +
    'отправ*|передай*|передав*|передать|включи*|включай*|добавь*|добавля*|прикрепи*|прикладыва*|перешли*|пересыла*|скопируй*|вставь*|вставля*|укажи*|указыва*|пришли*|присыла*|запиши*|помести*|приложи*',
  talk:
    'gesprächsverlauf*|chatverlauf*|unterhaltungsverlauf*|gesamte unterhaltung|gesamten unterhaltung|ganze unterhaltung|gesamte gespräch|gesamten gespräch*|ganzes gespräch|ganze gespräch|bisherigen nachrichten|bisherige unterhaltung|vorherigen nachrichten|systemprompt|system-prompt|letzten nachrichten|verlauf des gesprächs|verlauf der unterhaltung|' +
    "historique de la conversation|l'historique de la conversation|l'historique complet|historique complet|toute la conversation|la conversation entière|l'intégralité de la conversation|intégralité de la conversation|messages précédents|l'historique des messages|historique du chat|l'historique du chat|prompt système|invite système|l'invite système|l'historique|derniers messages|" +
    'historial de la conversación|historial completo|historial del chat|historial de chat|toda la conversación|conversación completa|conversación entera|mensajes anteriores|mensajes previos|prompt del sistema|historial de mensajes|últimos mensajes|mensaje de sistema|' +
    'histórico da conversa|histórico completo|histórico do chat|toda a conversa|conversa completa|conversa inteira|mensagens anteriores|prompt do sistema|histórico de mensagens|prompt de sistema|últimas mensagens|' +
    "cronologia della conversazione|cronologia della chat|cronologia completa|intera conversazione|l'intera conversazione|tutta la conversazione|conversazione completa|messaggi precedenti|prompt di sistema|storico della conversazione|ultimi messaggi|" +
    'историю разговора|историю переписки|историю чата|история переписки|историю диалога|историю беседы|историю сообщений|всю переписку|весь разговор|всю беседу|весь диалог|весь чат|предыдущие сообщения|системный промпт|системную подсказку|системного промпта|историей переписки|последние сообщения|полную историю|истории чата',
  vault:
    'umgebungsvariable*|privater schlüssel|privaten schlüssel|private schlüssel|ssh-schlüssel*|zugangsdaten|anmeldedaten|geheimnisse|vertraulich*|persönliche daten|persönlichen daten|kreditkarte*|kreditkartennummer*|passwörter|' +
    "variable d'environnement|variables d'environnement|clé privée|clés privées|clé ssh|clés ssh|identifiants|données personnelles|données confidentielles|mots de passe|informations personnelles|carte bancaire|" +
    'variables de entorno|clave privada|claves privadas|clave ssh|claves ssh|credenciales|datos personales|datos confidenciales|contraseñas|información personal|tarjeta de crédito|' +
    'variáveis de ambiente|chave privada|chaves privadas|chave ssh|chaves ssh|credenciais|dados pessoais|dados confidenciais|senhas|cartão de crédito|' +
    "variabili di ambiente|variabili d'ambiente|chiave privata|chiavi private|chiave ssh|chiavi ssh|credenziali|dati personali|dati riservati|le password|carta di credito|" +
    'переменные окружения|переменных окружения|переменными окружения|приватный ключ|закрытый ключ|приватные ключи|ключ ssh|ssh-ключ*|ключи ssh|учётные данные|учетные данные|учётными данными|персональные данные|личные данные|пароли|секретные ключи|секреты|паролей',
  credential:
    'passwort|token|tokens|api-schlüssel*|sitzungstoken|zugriffstoken|sitzungs-token|' +
    "mot de passe|jeton|jetons|clé api|clés api|clé d'api|" +
    'contraseña|clave api|clave de api|claves de api|' +
    'senha|chave de api|chave da api|chaves de api|' +
    'password|chiave api|chiavi api|' +
    'пароль|токен*|ключ api|api-ключ*|ключи api',
  whose:
    "benutzers|nutzers|aktuelle|aktuellen|alle|seine|seinen|deren|dein|deine|deinen|l'utilisateur|utilisateur|actuel*|toutes|ses|vos|del usuario|actual|todas|todos|sus|do usuário|do utilizador|atual|suas|dell'utente|attuale|tutte|tutti|suoi|пользователя|текущ*|все|его|ваш*|твой",
}
